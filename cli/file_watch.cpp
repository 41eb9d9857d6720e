#include "cli/file_watch.hpp"

#include <array>
#include <cerrno>
#include <chrono>
#include <map>
#include <poll.h>
#include <sys/inotify.h>
#include <system_error>

#include <fmt/format.h>

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;

/// What an editor does to a file comes in several steps.
constexpr std::chrono::milliseconds moment{100};

core::Error failed(const fs::path& what) {
    return {fmt::format("{}: cannot be watched: {}", what.string(),
                        std::error_code(errno, std::generic_category()).message())};
}

} // namespace

core::Result<FileWatch> FileWatch::of(const std::vector<fs::path>& files) {
    FileWatch made(Descriptor(::inotify_init1(IN_CLOEXEC)));
    if (made.inotify_.get() < 0)
        return core::fail(failed("inotify"));
    std::map<fs::path, int> watches;
    for (const auto& file : files) {
        const auto folder = fs::absolute(file).parent_path();
        if (!watches.contains(folder)) {
            const int watch = ::inotify_add_watch(made.inotify_.get(), folder.c_str(), IN_CLOSE_WRITE | IN_MOVED_TO);
            if (watch < 0)
                return core::fail(failed(folder));
            watches[folder] = watch;
        }
        made.files_.emplace(watches[folder], file.filename().string());
    }
    return made;
}

core::Result<void> FileWatch::wait() {
    alignas(inotify_event) std::array<char, 16384> buffer;
    bool changed = false;
    while (true) {
        pollfd polled{inotify_.get(), POLLIN, 0};
        const int ready = ::poll(&polled, 1, changed ? static_cast<int>(moment.count()) : -1);
        if (ready == 0)
            return {};
        const auto size = ready < 0 ? -1 : ::read(inotify_.get(), buffer.data(), buffer.size());
        if (size < 0 && errno != EINTR)
            return core::fail(failed("inotify"));
        for (const char* at = buffer.data(); at < buffer.data() + size;) {
            const auto* event = reinterpret_cast<const inotify_event*>(at);
            if (event->len > 0 && files_.contains({event->wd, event->name}))
                changed = true;
            at += sizeof(inotify_event) + event->len;
        }
    }
}

} // namespace tongka::cli
