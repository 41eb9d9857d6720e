#include "cli/settle/output_folder.hpp"

#include <csignal>
#include <poll.h>
#include <sys/eventfd.h>
#include <thread>
#include <unistd.h>
#include <vector>

#include <fmt/format.h>

#include "cli/lab/signals.hpp"

namespace tongka::cli {

namespace fs = std::filesystem;

/// Holds the files that are under way, and the thread that removes them when a signal comes.
class OutputFolder::Guard {
public:
    Guard(fs::path folder, bool made)
        : folder_(std::move(folder)), part_(folder_ / fmt::format(".{}.part", ::getpid())), made_(made),
          finished_(::eventfd(0, EFD_CLOEXEC)), watcher_([this] { watch(); }) {}
    Guard(const Guard&) = delete;
    Guard& operator=(const Guard&) = delete;

    ~Guard() {
        const std::uint64_t one = 1;
        (void)!::write(finished_.get(), &one, sizeof one);
        watcher_.join();
        remove();
    }

    [[nodiscard]] const fs::path& part() const { return part_; }

    core::Result<void> commit() {
        std::error_code error;
        std::vector<fs::path> names;
        for (const auto& entry : fs::directory_iterator(part_, error))
            names.push_back(entry.path().filename());
        for (const auto& name : names) {
            fs::rename(part_ / name, folder_ / name, error);
            if (error)
                return core::fail(fmt::format("{}: cannot be written: {}", (folder_ / name).native(), error.message()));
        }
        made_ = false;
        return {};
    }

private:
    void remove() const {
        std::error_code ignored;
        while (fs::exists(part_, ignored) && fs::remove_all(part_, ignored) == static_cast<std::uintmax_t>(-1) &&
               ignored == std::errc::directory_not_empty) {
            // another thread has just made a file there
        }
        if (made_)
            fs::remove(folder_, ignored);
    }

    void watch() {
        pollfd waits[] = {{signals_.descriptor(), POLLIN, 0}, {finished_.get(), POLLIN, 0}};
        while (::poll(waits, 2, -1) < 0 || waits[1].revents == 0) {
            const auto signal = signals_.take();
            struct sigaction action {};
            if (!signal || (::sigaction(signal->number, nullptr, &action) == 0 && action.sa_handler == SIG_IGN))
                continue; // under nohup
            remove();
            signals_.restore();
            ::signal(signal->number, SIG_DFL);
            ::raise(signal->number);
        }
    }

    fs::path folder_;
    fs::path part_;
    bool made_; ///< the folder was not there before
    EndingSignals signals_;
    simulator::Descriptor finished_;
    std::thread watcher_;
};

core::Result<void> must_be_free(const fs::path& folder) {
    std::error_code error;
    if (!fs::exists(folder, error))
        return {};
    if (!fs::is_directory(folder, error) || !fs::is_empty(folder, error) || error)
        return core::fail(fmt::format("{}: must be a folder without files", folder.native()));
    return {};
}

core::Result<OutputFolder> OutputFolder::create(const fs::path& folder) {
    TONGKA_CHECK(must_be_free(folder));
    std::error_code error;
    const bool made = fs::create_directories(folder, error);
    if (error)
        return core::fail(fmt::format("{}: cannot be made: {}", folder.native(), error.message()));
    OutputFolder output(std::make_unique<Guard>(folder, made));
    fs::create_directory(output.path(), error);
    if (error)
        return core::fail(fmt::format("{}: cannot be written: {}", folder.native(), error.message()));
    return output;
}

OutputFolder::OutputFolder(std::unique_ptr<Guard> guard) : guard_(std::move(guard)) {}
OutputFolder::OutputFolder(OutputFolder&&) noexcept = default;
OutputFolder::~OutputFolder() = default;

const fs::path& OutputFolder::path() const {
    return guard_->part();
}

core::Result<void> OutputFolder::commit() {
    return guard_->commit();
}

} // namespace tongka::cli
