#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace tongka::harness {

/// A piece of an expression or a condition; `begin` and `end` are offsets into the whole text.
struct Token {
    enum class Kind : std::uint8_t {
        word,       ///< names, hex, decimals: letters, digits, `_`, `.`, and `-` behind a dot
        comparison, ///< == != < <= > >=
        symbol,     ///< one of ( ) , | + - :
        bad,        ///< anything else
        end,
    };

    Kind kind = Kind::end;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::string_view text;

    [[nodiscard]] bool is(std::string_view what) const { return kind != Kind::end && text == what; }
};

/// Reads tokens off a part of a text, which must outlive it.
class Lexer {
public:
    Lexer(std::string_view text, std::size_t begin, std::size_t end) : text_(text.substr(0, end)), next_(begin) {}

    [[nodiscard]] Token next();

private:
    std::string_view text_;
    std::size_t next_;
};

} // namespace tongka::harness
