#pragma once

#include <filesystem>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::evidence {

/// A file's content, mapped: large files cost no memory of ours.
class MappedFile {
public:
    /// An Error, with the file's name, where it cannot be read.
    [[nodiscard]] static core::Result<MappedFile> open(const std::filesystem::path& file);
    MappedFile(MappedFile&& from) noexcept;
    MappedFile& operator=(MappedFile&&) = delete;
    ~MappedFile();

    [[nodiscard]] core::BytesView bytes() const { return {data_, size_}; }

private:
    MappedFile(const core::Byte* data, std::size_t size) : data_(data), size_(size) {}

    const core::Byte* data_;
    std::size_t size_;
};

} // namespace tongka::evidence
