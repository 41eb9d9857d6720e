#include "core/keys/token_lock.hpp"

#include <cctype>
#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace tongka::core {
namespace {

namespace fs = std::filesystem;

fs::path runtime_folder() {
    const auto own = fmt::format("/run/user/{}", ::geteuid());
    struct stat status {};
    if (::stat(own.c_str(), &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == ::geteuid())
        return own + "/tongka";
    return fmt::format("/tmp/tongka-{}", ::geteuid());
}

tl::unexpected<Error> failure(const fs::path& path, std::string_view what, int error) {
    return fail(fmt::format("{}: {}: {}", path.string(), what, std::system_category().message(error)));
}

/// A folder that someone else could write to would let them take the lock away.
Result<void> make_private(const fs::path& folder) {
    if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
        return failure(folder, "cannot be made", errno);
    struct stat status {};
    if (::lstat(folder.c_str(), &status) != 0)
        return failure(folder, "cannot be read", errno);
    if (!S_ISDIR(status.st_mode) || status.st_uid != ::geteuid() || (status.st_mode & 077) != 0)
        return fail(folder.string() + ": is no folder of this user alone, so that no token can be locked");
    return {};
}

bool leads_to(const fs::path& path, int descriptor) {
    struct stat open {};
    struct stat named {};
    return ::fstat(descriptor, &open) == 0 && ::lstat(path.c_str(), &named) == 0 && open.st_ino == named.st_ino &&
           open.st_dev == named.st_dev;
}

} // namespace

fs::path TokenLock::path_for(std::string_view serial) {
    std::string name = "token-";
    for (const char c : serial)
        name += std::isalnum(static_cast<unsigned char>(c)) != 0
                    ? std::string(1, c)
                    : fmt::format("_{:02x}", static_cast<unsigned char>(c));
    return runtime_folder() / name;
}

Result<TokenLock> TokenLock::take(std::string_view serial) {
    const auto path = path_for(serial);
    TONGKA_CHECK(make_private(path.parent_path()));
    for (;;) {
        TokenLock lock(path, ::open(path.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
        if (lock.descriptor_ < 0)
            return failure(path, "cannot be opened", errno);
        if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
            const int error = errno;
            ::close(std::exchange(lock.descriptor_, -1)); // its name is not ours to remove
            return error == EWOULDBLOCK ? fail("another program is changing it; try again when that is done")
                                        : failure(path, "cannot be locked", error);
        }
        if (leads_to(path, lock.descriptor_))
            return lock;
        ::close(std::exchange(lock.descriptor_, -1)); // whoever had it removed the name meanwhile
    }
}

TokenLock::TokenLock(TokenLock&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

TokenLock& TokenLock::operator=(TokenLock&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

TokenLock::~TokenLock() {
    if (descriptor_ < 0)
        return;
    if (leads_to(path_, descriptor_))
        ::unlink(path_.c_str());
    ::close(descriptor_);
}

} // namespace tongka::core
