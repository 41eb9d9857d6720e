#include "core/keys/locked_file.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tongka::core {
namespace {

namespace fs = std::filesystem;

/// Above it, a file is none of ours: thousands of keys take less.
constexpr off_t largest = 16 << 20;

std::string system_message(int error) {
    return std::system_category().message(error);
}

/// Closes what it holds.
class Descriptor {
public:
    explicit Descriptor(int value) : value_(value) {}
    Descriptor(const Descriptor&) = delete;
    Descriptor& operator=(const Descriptor&) = delete;
    ~Descriptor() {
        if (value_ >= 0)
            ::close(value_);
    }
    [[nodiscard]] int get() const { return value_; }
    [[nodiscard]] int release() { return std::exchange(value_, -1); }

private:
    int value_;
};

fs::path new_name(const fs::path& path) {
    return path.string() + ".new";
}

Result<fs::path> whole_name(const fs::path& path) {
    std::error_code error;
    // A link stays a link: what is replaced is the file that it leads to.
    auto whole = fs::weakly_canonical(fs::absolute(path, error), error);
    if (error)
        return fail("cannot be opened: " + error.message());
    return whole;
}

/// Locks what is open, and makes sure that the name still leads to it.
Result<void> lock(int descriptor, const fs::path& path) {
    if (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
        return fail(errno == EWOULDBLOCK ? "another program is changing it; try again when that is done"
                                         : "cannot be locked: " + system_message(errno));
    struct stat open {};
    struct stat named {};
    if (::fstat(descriptor, &open) != 0 || ::stat(path.c_str(), &named) != 0 || open.st_ino != named.st_ino ||
        open.st_dev != named.st_dev)
        return fail("another program has just changed it; try again");
    return {};
}

Result<void> write_all(int descriptor, BytesView bytes) {
    while (!bytes.empty()) {
        const auto written = ::write(descriptor, bytes.data(), bytes.size());
        if (written >= 0)
            bytes = bytes.subspan(static_cast<std::size_t>(written));
        else if (errno != EINTR)
            return fail("cannot be written: " + system_message(errno));
    }
    if (::fsync(descriptor) != 0)
        return fail("cannot be written: " + system_message(errno));
    return {};
}

Result<Bytes> read_all(int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0)
        return fail("cannot be read: " + system_message(errno));
    if (!S_ISREG(status.st_mode))
        return fail("is no regular file");
    if (status.st_size > largest)
        return fail("is too large for a key file");
    Bytes bytes(static_cast<std::size_t>(status.st_size));
    std::size_t done = 0;
    while (done < bytes.size()) {
        const auto count = ::pread(descriptor, bytes.data() + done, bytes.size() - done, static_cast<off_t>(done));
        if (count == 0)
            break;
        if (count > 0)
            done += static_cast<std::size_t>(count);
        else if (errno != EINTR)
            return fail("cannot be read: " + system_message(errno));
    }
    bytes.resize(done);
    return bytes;
}

void sync_folder(const fs::path& path) {
    const Descriptor folder(::open(path.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    if (folder.get() >= 0)
        ::fsync(folder.get());
}

/// `NAME.new`, locked, with this content on the disk. The lock goes with the file when it is renamed.
Result<int> write_new(const fs::path& path, BytesView content) {
    const auto name = new_name(path);
    Descriptor file(::open(name.c_str(), O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600));
    if (file.get() < 0)
        return fail("cannot be written: " + system_message(errno));
    TONGKA_CHECK(lock(file.get(), name));
    Result<void> written;
    if (::ftruncate(file.get(), 0) != 0 || ::fchmod(file.get(), 0600) != 0)
        written = fail("cannot be written: " + system_message(errno));
    else
        written = write_all(file.get(), content);
    if (!written) {
        ::unlink(name.c_str());
        return fail(written.error());
    }
    return file.release();
}

/// A crash in `create`, after the file got its name, leaves `NAME.new` as a second name of it: what is written there
/// next would go into the file itself. `descriptor` is the file under its name, locked.
Result<void> finish_creation(int descriptor, const fs::path& path) {
    struct stat open {};
    struct stat left {};
    const auto name = new_name(path);
    if (::lstat(name.c_str(), &left) != 0 || ::fstat(descriptor, &open) != 0 || open.st_ino != left.st_ino ||
        open.st_dev != left.st_dev)
        return {};
    if (::unlink(name.c_str()) != 0)
        return fail("cannot be opened for changes: " + name.filename().string() + ": " + system_message(errno));
    return {};
}

Result<void> overwrite(const fs::path& path, int descriptor) {
    struct stat status {};
    if (::fstat(descriptor, &status) != 0 || ::lseek(descriptor, 0, SEEK_SET) != 0)
        return fail("cannot be overwritten: " + system_message(errno));
    TONGKA_CHECK(write_all(descriptor, Bytes(static_cast<std::size_t>(status.st_size), 0xFF)));
    if (::unlink(path.c_str()) != 0)
        return fail("cannot be removed: " + system_message(errno));
    return {};
}

} // namespace

LockedFile::LockedFile(LockedFile&& other) noexcept
    : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}

LockedFile& LockedFile::operator=(LockedFile&& other) noexcept {
    std::swap(path_, other.path_);
    std::swap(descriptor_, other.descriptor_);
    return *this;
}

LockedFile::~LockedFile() {
    if (descriptor_ >= 0)
        ::close(descriptor_);
}

Result<LockedFile> LockedFile::create(const fs::path& path, BytesView content) {
    TONGKA_TRY(auto whole, whole_name(path));
    if (struct stat status{}; ::lstat(whole.c_str(), &status) == 0)
        return fail("exists already");
    TONGKA_TRY(const int made, write_new(whole, content));
    LockedFile file(std::move(whole), made);
    // link and not rename: the name may have been taken meanwhile.
    const int error = ::link(new_name(file.path_).c_str(), file.path_.c_str()) == 0 ? 0 : errno;
    ::unlink(new_name(file.path_).c_str());
    if (error != 0)
        return fail(error == EEXIST ? "exists already" : "cannot be made: " + system_message(error));
    sync_folder(file.path_);
    return file;
}

Result<LockedFile> LockedFile::open(const fs::path& path) {
    TONGKA_TRY(auto whole, whole_name(path));
    Descriptor opened(::open(whole.c_str(), O_RDWR | O_CLOEXEC));
    if (opened.get() < 0)
        return fail("cannot be opened for changes: " + system_message(errno));
    TONGKA_CHECK(lock(opened.get(), whole));
    TONGKA_CHECK(finish_creation(opened.get(), whole));
    return LockedFile(std::move(whole), opened.release());
}

Result<Bytes> LockedFile::read() const {
    return read_all(descriptor_);
}

Result<void> LockedFile::replace(BytesView content) {
    TONGKA_TRY(const int made, write_new(path_, content));
    Descriptor fresh(made);
    if (::rename(new_name(path_).c_str(), path_.c_str()) != 0) {
        const int error = errno;
        ::unlink(new_name(path_).c_str());
        return fail("cannot be replaced: " + system_message(error));
    }
    ::close(std::exchange(descriptor_, fresh.release()));
    sync_folder(path_);
    return {};
}

Result<void> LockedFile::destroy() {
    const auto name = new_name(path_);
    if (const Descriptor left(::open(name.c_str(), O_RDWR | O_NOFOLLOW | O_CLOEXEC)); left.get() >= 0) {
        TONGKA_CHECK(lock(left.get(), name));
        TONGKA_CHECK(overwrite(name, left.get()));
    }
    TONGKA_CHECK(overwrite(path_, descriptor_));
    sync_folder(path_);
    return {};
}

Result<Bytes> read_whole_file(const fs::path& path) {
    const Descriptor file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
    if (file.get() < 0)
        return fail("cannot be opened: " + system_message(errno));
    return read_all(file.get());
}

} // namespace tongka::core
