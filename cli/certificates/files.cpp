#include "cli/certificates/files.hpp"

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

namespace tongka::cli::certificates {
namespace {

constexpr std::size_t largest = 16U << 20U;

tl::unexpected<core::Error> failed(const std::string& file) {
    return core::fail(fmt::format("{}: {}", file, std::strerror(errno)));
}

std::string folder_of(const std::string& file) {
    const auto folder = std::filesystem::path(file).parent_path();
    return folder.empty() ? "." : folder.string();
}

bool write_all(int descriptor, core::BytesView bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written < 0 && errno == EINTR)
            continue;
        if (written < 0)
            return false;
        bytes = bytes.subspan(static_cast<std::size_t>(written));
    }
    return ::fsync(descriptor) == 0;
}

core::Result<void> write_through(const std::string& file, core::BytesView bytes, mode_t mode, unsigned flags) {
    auto part = file + ".XXXXXX";
    const Descriptor descriptor(::mkostemp(part.data(), O_CLOEXEC));
    if (descriptor.get() < 0)
        return failed(file);
    if (!write_all(descriptor.get(), bytes) || ::fchmod(descriptor.get(), mode) != 0 ||
        ::renameat2(AT_FDCWD, part.c_str(), AT_FDCWD, file.c_str(), flags) != 0) {
        const auto error = failed(file);
        ::unlink(part.c_str());
        return error;
    }
    // Without this the new name may be lost with the power; that is no reason to call the work undone.
    ::fsync(Descriptor(::open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)).get());
    return {};
}

} // namespace

core::Result<core::Bytes> read_file(const std::string& file) {
    const Descriptor descriptor(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
    if (descriptor.get() < 0)
        return failed(file);
    core::Bytes bytes;
    std::array<core::Byte, 4096> piece{};
    for (;;) {
        const auto got = ::read(descriptor.get(), piece.data(), piece.size());
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return failed(file);
        if (got == 0)
            return bytes;
        core::append(bytes, {piece.data(), static_cast<std::size_t>(got)});
        if (bytes.size() > largest)
            return core::fail(fmt::format("{}: larger than any file of this kind", file));
    }
}

core::Result<void> write_new(const std::string& file, core::BytesView bytes, Readers readers) {
    return write_through(file, bytes, readers == Readers::owner ? 0600 : 0644, RENAME_NOREPLACE);
}

core::Result<void> replace(const std::string& file, core::BytesView bytes) {
    return write_through(file, bytes, 0644, 0);
}

core::Result<Descriptor> lock_folder(const std::string& file) {
    Descriptor folder(::open(folder_of(file).c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() < 0)
        return failed(file);
    while (::flock(folder.get(), LOCK_EX) != 0)
        if (errno != EINTR)
            return failed(file);
    return folder;
}

} // namespace tongka::cli::certificates
