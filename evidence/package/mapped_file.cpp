#include "evidence/package/mapped_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace tongka::evidence {

core::Result<MappedFile> MappedFile::open(const std::filesystem::path& file) {
    const auto failure = [&] {
        return core::fail(fmt::format("{}: cannot be read: {}", file.string(), std::strerror(errno)));
    };
    const int descriptor = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    if (descriptor < 0)
        return failure();
    struct stat about {};
    void* data = MAP_FAILED;
    const bool known = ::fstat(descriptor, &about) == 0;
    if (known && !S_ISREG(about.st_mode)) {
        ::close(descriptor);
        return core::fail(fmt::format("{}: is no file", file.string()));
    }
    const auto size = static_cast<std::size_t>(about.st_size);
    if (known && size > 0)
        data = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0);
    const int reason = errno;
    ::close(descriptor);
    errno = reason;
    if (known && size == 0)
        return MappedFile(nullptr, 0);
    if (data == MAP_FAILED)
        return failure();
    return MappedFile(static_cast<const core::Byte*>(data), size);
}

MappedFile::MappedFile(MappedFile&& from) noexcept
    : data_(std::exchange(from.data_, nullptr)), size_(std::exchange(from.size_, 0)) {}

MappedFile::~MappedFile() {
    if (data_ != nullptr)
        ::munmap(const_cast<core::Byte*>(data_), size_);
}

} // namespace tongka::evidence
