#pragma once

#include <filesystem>
#include <ostream>
#include <string>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

/// The container of a package: POSIX ustar in one form only. Entries are plain files in the order of their names'
/// bytes, mode 0644, owner 0, no time, no empty space but what the format fills up with zeros, and two blocks of zeros
/// at the end. So each list of files has one container, byte for byte, which any `tar` opens.
namespace tongka::evidence {

/// Writes the entries one after another.
class ContainerWriter {
public:
    explicit ContainerWriter(std::ostream& out) : out_(out) {}

    /// Begins an entry; its content follows in pieces. An Error for a name that ustar has no room for, or that does not
    /// come after the one before.
    [[nodiscard]] core::Result<void> begin(const std::string& name, std::uint64_t size);
    void write(core::BytesView piece);
    /// An Error where the content is not as long as was told.
    [[nodiscard]] core::Result<void> end();

    /// A whole entry.
    [[nodiscard]] core::Result<void> add(const std::string& name, core::BytesView content);

    /// What stands behind the last entry.
    void finish();

private:
    std::ostream& out_;
    std::string name_;
    std::uint64_t size_ = 0;
    std::uint64_t written_ = 0;
};

struct Entry {
    std::string name;
    core::BytesView content; ///< points into the container
};

/// The entries of a container. An Error, which names the entry, for a byte that the one form does not have.
[[nodiscard]] core::Result<std::vector<Entry>> read_container(core::BytesView container);

} // namespace tongka::evidence
