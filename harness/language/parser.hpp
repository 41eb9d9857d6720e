#pragma once

#include <cstddef>
#include <string_view>

#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/expression.hpp"
#include "harness/language/lexer.hpp"

namespace tongka::harness {

/// Reads expressions off a part of a scalar, which must outlive it:
///
///     expression = sum { "|" sum }
///     sum        = value { ("+" | "-") value }
///     value      = hex | name | function "(" arguments ")" | "(" expression ")"
///
/// Every Error has the place of the token it is about. Names are not looked up here, functions are.
class Parser {
public:
    Parser(const core::document::Node& source, std::size_t begin, std::size_t end)
        : source_(source), lexer_(source.text, begin, end), next_(lexer_.next()) {}
    explicit Parser(const core::document::Node& source) : Parser(source, 0, source.text.size()) {}

    [[nodiscard]] core::Result<Expression> expression();

    /// The next token, not taken.
    [[nodiscard]] const Token& peek() const { return next_; }
    Token take();

    /// Takes this symbol, or tells that it is missing: "')' is missing before ','".
    [[nodiscard]] core::Result<void> take(std::string_view symbol);

    /// Takes a name that may hold hyphens, such as a rule's; `what` is what should stand here.
    [[nodiscard]] core::Result<Token> take_hyphenated(std::string_view what);

    /// Takes a decimal number up to 4294967295.
    [[nodiscard]] core::Result<std::size_t> take_number(std::string_view what);

    /// Nothing may follow.
    [[nodiscard]] core::Result<void> finish() const;

    [[nodiscard]] core::Error error(const Token& token, std::string_view message) const {
        return source_.error_at(token.begin, message);
    }

private:
    [[nodiscard]] core::Result<Expression> concatenation();
    [[nodiscard]] core::Result<Expression> sum();
    [[nodiscard]] core::Result<Expression> value();
    [[nodiscard]] core::Result<Expression> word_value(const Token& word);
    [[nodiscard]] core::Result<Expression> call(const Token& name);
    [[nodiscard]] core::Result<Expression> argument(const Function& function, std::size_t index);

    const core::document::Node& source_;
    Lexer lexer_;
    Token next_;
    unsigned depth_ = 0;
};

/// A whole scalar that is one expression.
[[nodiscard]] core::Result<Formula> parse_formula(const core::document::Node& node, std::string_view what);

/// How a token is shown in a message: "'|'", "the end".
[[nodiscard]] std::string shown(const Token& token);

} // namespace tongka::harness
