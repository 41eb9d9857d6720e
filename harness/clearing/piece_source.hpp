#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>

#include "core/result.hpp"

namespace tongka::harness::clearing {

/// A line of a text file, without its '\n', or a record of a binary one. Valid until the next is asked for.
struct Piece {
    std::string_view text;
    std::uint64_t offset = 0; ///< in the file
    std::uint32_t number = 0; ///< from 1
    bool whole = false;       ///< its '\n' was there; of a binary record, all of its bytes
    bool too_long = false;    ///< more than a line can have: `text` is its beginning
};

/// Takes a file apart in one pass with memory of one block, however long the file or a line of it is.
class PieceSource {
public:
    /// `record_size`: bytes of a binary record; 0 for lines.
    [[nodiscard]] static core::Result<PieceSource> open(const std::filesystem::path& path, std::size_t record_size);
    PieceSource(PieceSource&& from) noexcept;
    PieceSource& operator=(PieceSource&&) = delete;
    ~PieceSource();

    /// False at the end of the file; an Error where it cannot be read.
    [[nodiscard]] core::Result<bool> next(Piece& into);

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    static constexpr std::size_t block = 1 << 20;
    static constexpr std::size_t longest_line = 1 << 16;

    PieceSource(std::filesystem::path path, int file, std::size_t record_size);
    [[nodiscard]] core::Result<void> fill();
    [[nodiscard]] core::Result<void> skip_rest_of_line();
    void take(Piece& into, std::size_t size, std::size_t with_end);

    std::filesystem::path path_;
    int file_;
    std::size_t record_size_;
    std::unique_ptr<char[]> buffer_;
    std::size_t begin_ = 0; ///< of what is not taken yet
    std::size_t end_ = 0;
    std::uint64_t offset_ = 0; ///< of begin_ in the file
    std::uint32_t number_ = 0;
    bool ended_ = false;
    bool skipping_ = false; ///< the rest of a line that was longer than a block
};

} // namespace tongka::harness::clearing
