#include "harness/language/parser.hpp"

#include <charconv>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/language/function.hpp"
#include "harness/language/given.hpp"
#include "harness/language/names.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;

/// Deeper nesting, or longer sums, than anyone writes; what walks the tree may then do so by recursion.
constexpr unsigned deepest = 60;

/// An operator's tree of its operands.
Expression combine(Expression::Kind kind, Expression left, Expression right) {
    Expression whole{.kind = kind, .begin = left.begin, .end = right.end};
    whole.operands.push_back(std::move(left));
    whole.operands.push_back(std::move(right));
    return whole;
}

} // namespace

std::string shown(const Token& token) {
    return token.kind == Token::Kind::end ? "the end" : fmt::format("'{}'", token.text);
}

Token Parser::take() {
    const auto token = next_;
    next_ = lexer_.next();
    return token;
}

Result<void> Parser::take(std::string_view symbol) {
    if (!next_.is(symbol))
        return fail(error(next_, fmt::format("'{}' is missing before {}", symbol, shown(next_))));
    take();
    return {};
}

Result<Token> Parser::take_hyphenated(std::string_view what) {
    if (next_.kind != Token::Kind::word)
        return fail(error(next_, fmt::format("{} is missing before {}", what, shown(next_))));
    auto name = take();
    const auto continues = [&] {
        return next_.begin == name.end && (next_.kind == Token::Kind::word || next_.is("-"));
    };
    while (continues())
        name.end = take().end;
    name.text = std::string_view(source_.text).substr(name.begin, name.end - name.begin);
    return name;
}

Result<std::size_t> Parser::take_number(std::string_view what) {
    const auto token = take();
    std::uint32_t number = 0;
    const auto* end = token.text.data() + token.text.size();
    if (!is_decimal(token.text) || std::from_chars(token.text.data(), end, number).ec != std::errc{})
        return fail(error(token, fmt::format("{} must be a decimal number, not {}", what, shown(token))));
    return std::size_t{number};
}

Result<void> Parser::finish() const {
    if (next_.kind == Token::Kind::end)
        return {};
    if (next_.kind == Token::Kind::word)
        return fail(error(next_, fmt::format("an operator is missing before '{}'", next_.text)));
    return fail(error(next_, fmt::format("'{}' does not belong here", next_.text)));
}

Result<Expression> Parser::expression() {
    if (depth_ == deepest)
        return fail(error(next_, fmt::format("nested more than {} deep", deepest)));
    ++depth_;
    auto result = concatenation();
    --depth_;
    return result;
}

Result<Expression> Parser::concatenation() {
    TONGKA_TRY(auto first, sum());
    if (!next_.is("|"))
        return first;
    Expression whole{.kind = Expression::Kind::concatenate, .begin = first.begin};
    whole.operands.push_back(std::move(first));
    while (next_.is("|")) {
        take();
        TONGKA_TRY(auto part, sum());
        whole.operands.push_back(std::move(part));
    }
    whole.end = whole.operands.back().end;
    return whole;
}

Result<Expression> Parser::sum() {
    TONGKA_TRY(auto total, value());
    for (unsigned terms = 1; next_.is("+") || next_.is("-"); ++terms) {
        if (terms == deepest)
            return fail(error(next_, fmt::format("more than {} terms", deepest)));
        const auto kind = take().is("+") ? Expression::Kind::add : Expression::Kind::subtract;
        TONGKA_TRY(auto term, value());
        total = combine(kind, std::move(total), std::move(term));
    }
    return total;
}

Result<Expression> Parser::value() {
    if (next_.is("(")) {
        take();
        TONGKA_TRY(auto inner, expression());
        TONGKA_CHECK(take(")"));
        return inner;
    }
    if (next_.kind != Token::Kind::word)
        return fail(error(next_, fmt::format("a value is missing before {}", shown(next_))));
    const auto word = take();
    return next_.is("(") ? call(word) : word_value(word);
}

Result<Expression> Parser::word_value(const Token& word) {
    Expression value{.begin = word.begin, .end = word.end};
    if (is_hex(word.text)) {
        if (word.text.size() % 2 != 0)
            return fail(error(word, fmt::format("'{}' is half a byte: hexadecimal digits come in pairs", word.text)));
        value.kind = Expression::Kind::literal;
        TONGKA_TRY(value.literal, core::from_hex(word.text));
        return value;
    }
    value.name = word.text;
    if (is_given_word(word.text) || word.text.find('.') != std::string_view::npos)
        value.kind = Expression::Kind::given;
    else if (is_variable_name(word.text))
        value.kind = Expression::Kind::variable;
    else
        return fail(error(word, fmt::format("'{}' is neither a name nor hexadecimal", word.text)));
    return value;
}

Result<Expression> Parser::call(const Token& name) {
    Expression whole{.kind = Expression::Kind::call, .begin = name.begin};
    whole.function = find_function(name.text);
    if (whole.function == nullptr)
        return fail(error(name, unknown_function(name.text).message));
    const auto& function = *whole.function;
    take();
    while (!next_.is(")") || !whole.operands.empty()) {
        if (whole.operands.size() == function.most())
            return fail(error(next_, next_.is(",") ? fmt::format("too many arguments: {}", function.form)
                                                   : fmt::format("')' is missing before {}", shown(next_))));
        if (!whole.operands.empty())
            TONGKA_CHECK(take(","));
        TONGKA_TRY(auto operand, argument(function, whole.operands.size()));
        whole.operands.push_back(std::move(operand));
        if (next_.is(")"))
            break;
    }
    if (whole.operands.size() < function.required)
        return fail(error(next_, fmt::format("too few arguments: {}", function.form)));
    whole.end = next_.end;
    take();
    return whole;
}

Result<Expression> Parser::argument(const Function& function, std::size_t index) {
    const auto first = next_;
    switch (function.parameters[index]) {
    case Parameter::number: {
        TONGKA_TRY(auto number, take_number(fmt::format("argument {} of {}", index + 1, function.form)));
        return Expression{.kind = Expression::Kind::number, .begin = first.begin, .end = first.end, .number = number};
    }
    case Parameter::rule_name:
    case Parameter::choice:
    case Parameter::key_name: {
        TONGKA_TRY(auto word, take_hyphenated(function.parameters[index] == Parameter::choice ? "a choice of the rule"
                                                                                              : "a name"));
        return Expression{
            .kind = Expression::Kind::word, .begin = word.begin, .end = word.end, .name = std::string(word.text)};
    }
    case Parameter::none:
    case Parameter::bytes:
    case Parameter::key:
    case Parameter::value:
        break;
    }
    return expression();
}

Result<Formula> parse_formula(const core::document::Node& node, std::string_view what) {
    TONGKA_CHECK(node.as_text(what));
    Parser parser(node);
    TONGKA_TRY(auto root, parser.expression());
    TONGKA_CHECK(parser.finish());
    return Formula{node, std::move(root)};
}

} // namespace tongka::harness
