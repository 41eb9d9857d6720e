#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/bytes.hpp"
#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/expression.hpp"

namespace tongka::harness {

/// `expression:n`, the inside of braces.
struct SizedExpression {
    Expression expression{};
    std::size_t width = 0;
};

/// Walks over a part of a scalar that is made of hex and `{…}`: the data of `send` and `expect`.
class ItemReader {
public:
    ItemReader(const core::document::Node& source, std::size_t begin, std::size_t end)
        : source_(source), text_(std::string_view(source.text).substr(0, end)), at_(begin) {}

    /// The next character that is no blank; 0 at the end.
    [[nodiscard]] char peek();
    /// Where that character stands.
    [[nodiscard]] std::size_t offset() const { return at_; }
    void skip() { ++at_; }

    /// The characters from here to the next blank, brace, bracket or end; for messages and status words.
    [[nodiscard]] std::string_view word() const;
    void skip_word() { at_ += word().size(); }

    /// Takes two hex digits, `x` standing for any where `masks` is given: `value` gets the byte, `masks` 0 for the bits
    /// of x.
    [[nodiscard]] core::Result<void> take_byte(core::Bytes& value, core::Bytes* masks);

    /// At `{`: takes all to its `}` and gives the inside, as offsets into the scalar.
    struct Inside {
        std::size_t begin;
        std::size_t end;
    };
    [[nodiscard]] core::Result<Inside> take_braces();

private:
    const core::document::Node& source_;
    std::string_view text_;
    std::size_t at_;
};

/// Reads `expression:n`; n is at least 1.
[[nodiscard]] core::Result<SizedExpression> parse_sized(const core::document::Node& source, ItemReader::Inside inside);

/// Reads the n of `:n`.
[[nodiscard]] core::Result<std::size_t> check_item_width(const core::document::Node& source, std::size_t offset,
                                                         std::size_t width);

/// The value of a hex digit.
[[nodiscard]] std::optional<core::Byte> hex_digit(char c);

} // namespace tongka::harness
