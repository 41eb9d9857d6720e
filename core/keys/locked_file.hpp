#pragma once

#include <filesystem>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// A file that one program at a time may change, and that is replaced whole: whenever a crash comes, the name leads to
/// the old bytes or to the new. New bytes are written to `NAME.new`, which is renamed over the old ones; a crash may
/// leave it behind, the next change takes it over, and opening removes it where it is a second name of the file. Errors
/// do not begin with the path.
class LockedFile {
public:
    /// A new file, for its owner alone (0600); an Error where the name is taken.
    [[nodiscard]] static Result<LockedFile> create(const std::filesystem::path& path, BytesView content);
    /// An Error where another program is changing it.
    [[nodiscard]] static Result<LockedFile> open(const std::filesystem::path& path);

    LockedFile(LockedFile&& other) noexcept;
    LockedFile& operator=(LockedFile&& other) noexcept;
    ~LockedFile();

    [[nodiscard]] Result<Bytes> read() const;
    /// On the disk when it returns.
    [[nodiscard]] Result<void> replace(BytesView content);
    /// Overwrites the file, and what a crash left beside it, and removes both. What a disk or a file system keeps of
    /// earlier content is out of reach.
    [[nodiscard]] Result<void> destroy();

private:
    LockedFile(std::filesystem::path path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}

    std::filesystem::path path_; ///< absolute
    int descriptor_;             ///< of the file under that name; holds the lock
};

/// The bytes of a file, whoever changes it meanwhile: those before the change or those after.
[[nodiscard]] Result<Bytes> read_whole_file(const std::filesystem::path& path);

} // namespace tongka::core
