#include "harness/language/checker.hpp"

#include <fmt/format.h>

#include "harness/language/function.hpp"
#include "harness/language/given.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using core::document::Node;

Result<Type> check_bytes(const Expression& expression, const Node& source, Scope& scope, std::string_view what) {
    TONGKA_TRY(const auto type, check(expression, source, scope));
    if (type.is_key())
        return fail(source.error_at(expression.begin, fmt::format("{} must be bytes, but '{}' is a key", what,
                                                                  expression.written(source.text))));
    return type;
}

Result<Type> check_concatenation(const Expression& whole, const Node& source, Scope& scope) {
    std::optional<std::size_t> width = 0;
    for (const auto& part : whole.operands) {
        TONGKA_TRY(const auto type, check_bytes(part, source, scope, "what is joined with '|'"));
        width = width && type.width ? std::optional(*width + *type.width) : std::nullopt;
    }
    return Type::bytes(width);
}

Result<Type> check_sum(const Expression& whole, const Node& source, Scope& scope) {
    TONGKA_TRY(const auto left, check_bytes(whole.operands[0], source, scope, "a number"));
    TONGKA_CHECK(check_bytes(whole.operands[1], source, scope, "a number"));
    return left;
}

Result<StaticArgument> check_argument(const Expression& operand, const Node& source, Scope& scope, Parameter parameter,
                                      const Function& function) {
    if (!is_expression(parameter))
        return StaticArgument{.type = {}, .number = operand.number, .word = operand.name};
    TONGKA_TRY(const auto type, check(operand, source, scope));
    if (parameter != Parameter::value && type.is_key() != (parameter == Parameter::key))
        return fail(source.error_at(operand.begin, fmt::format("{} takes {} here, but '{}' is {}", function.form,
                                                               type.is_key() ? "bytes" : "a key",
                                                               operand.written(source.text), to_string(type))));
    return StaticArgument{.type = type};
}

Result<Type> check_call(const Expression& call, const Node& source, Scope& scope) {
    const auto& function = *call.function;
    std::vector<StaticArgument> arguments;
    for (std::size_t i = 0; i < call.operands.size(); ++i) {
        TONGKA_TRY(auto argument, check_argument(call.operands[i], source, scope, function.parameters[i], function));
        arguments.push_back(argument);
    }
    auto type = function.type_of(arguments);
    if (!type)
        return fail(source.error_at(call.begin, type.error().message));
    return type;
}

} // namespace

Result<Type> check(const Expression& expression, const Node& source, Scope& scope) {
    switch (expression.kind) {
    case Expression::Kind::literal:
        return Type::bytes(expression.literal.size());
    case Expression::Kind::variable:
        return scope.use(expression.name, source, expression.begin);
    case Expression::Kind::given: {
        auto type = type_of_given(expression.name);
        if (!type)
            return fail(source.error_at(expression.begin, type.error().message));
        return type;
    }
    case Expression::Kind::call:
        return check_call(expression, source, scope);
    case Expression::Kind::concatenate:
        return check_concatenation(expression, source, scope);
    case Expression::Kind::add:
    case Expression::Kind::subtract:
        return check_sum(expression, source, scope);
    case Expression::Kind::number:
    case Expression::Kind::word:
        break;
    }
    return Type::bytes();
}

Result<void> check_width(const Expression& expression, const Node& source, Scope& scope, std::size_t width) {
    TONGKA_TRY(const auto type, check_bytes(expression, source, scope, "this"));
    if (type.width && *type.width != width)
        return fail(
            source.error_at(expression.begin, fmt::format("'{}' has {}, not {}", expression.written(source.text),
                                                          count_bytes(*type.width), width)));
    return {};
}

} // namespace tongka::harness
