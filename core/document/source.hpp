#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tongka::core::document {

/// A place in a file, both counted from 1; a column is a character, however many bytes it takes.
struct Position {
    std::size_t line = 1;
    std::size_t column = 1;
    friend bool operator==(const Position&, const Position&) = default;
};

/// The text a document was read from, kept by its nodes: positions are worked out when an error needs one.
class Source {
public:
    Source(std::string name, std::string text);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] const std::string& text() const { return text_; }

    /// Where the byte at `offset` stands.
    [[nodiscard]] Position position(std::size_t offset) const;

    /// `name:line:column` of the byte at `offset`.
    [[nodiscard]] std::string where(std::size_t offset) const;

private:
    std::string name_;
    std::string text_;
    std::vector<std::size_t> lines_; ///< offset of each line's first byte
};

} // namespace tongka::core::document
