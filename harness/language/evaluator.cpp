#include "harness/language/evaluator.hpp"

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/language/arithmetic.hpp"
#include "harness/language/function.hpp"
#include "harness/language/given.hpp"

namespace tongka::harness {
namespace {

using core::Bytes;
using core::fail;
using core::Result;
using core::document::Node;

core::Error error(const Expression& expression, const Node& source, std::string_view message) {
    return source.error_at(expression.begin, message);
}

Result<Value> evaluate_variable(const Expression& variable, const Node& source, const Environment& environment) {
    if (const auto* value = environment.find(variable.name))
        return *value;
    return fail(
        error(variable, source, fmt::format("'{}' is not bound: the step that binds it did not run", variable.name)));
}

Result<Value> evaluate_given(const Expression& given, const Node& source, const Environment& environment) {
    auto bytes = environment.lookup().given(given.name);
    if (!bytes)
        return fail(error(given, source, bytes.error().message));
    if (const auto type = type_of_given(given.name); type && type->width && *type->width != bytes->size())
        return fail(error(
            given, source,
            fmt::format("{} must be {}, but the run gave {}", given.name, count_bytes(*type->width), bytes->size())));
    return *std::move(bytes);
}

Result<Value> evaluate_concatenation(const Expression& whole, const Node& source, const Environment& environment) {
    Bytes all;
    for (const auto& part : whole.operands) {
        TONGKA_TRY(const auto bytes, evaluate_bytes(part, source, environment));
        core::append(all, bytes);
        if (all.size() > longest_value)
            return fail(error(whole, source, fmt::format("more than the {} bytes a value may have", longest_value)));
    }
    return all;
}

Result<Value> evaluate_sum(const Expression& whole, const Node& source, const Environment& environment) {
    TONGKA_TRY(const auto a, evaluate_bytes(whole.operands[0], source, environment));
    TONGKA_TRY(const auto b, evaluate_bytes(whole.operands[1], source, environment));
    const bool adds = whole.kind == Expression::Kind::add;
    auto result = adds ? add(a, b) : subtract(a, b);
    if (!result)
        return fail(error(whole, source,
                          fmt::format("{} {} {} does not fit into {}", core::to_hex(a), adds ? '+' : '-',
                                      core::to_hex(b), count_bytes(a.size()))));
    return *std::move(result);
}

Result<Argument> evaluate_argument(const Expression& operand, Parameter parameter, const Node& source,
                                   const Environment& environment) {
    if (!is_expression(parameter))
        return Argument{.value = Bytes{}, .number = operand.number, .word = operand.name};
    TONGKA_TRY(auto value, evaluate(operand, source, environment));
    return Argument{.value = std::move(value)};
}

Result<Value> evaluate_chosen(const Expression& call, const Node& source, const Environment& environment) {
    std::vector<StaticArgument> words;
    for (const auto& operand : call.operands)
        words.push_back({.word = operand.name});
    const auto chosen = call.function->choose(words, environment.lookup());
    if (!chosen)
        return fail(error(call, source, chosen.error().message));
    return evaluate(call.operands[*chosen], source, environment);
}

Result<Value> evaluate_call(const Expression& call, const Node& source, const Environment& environment) {
    if (call.function->choose != nullptr)
        return evaluate_chosen(call, source, environment);
    std::vector<Argument> arguments;
    std::vector<StaticArgument> types;
    for (std::size_t i = 0; i < call.operands.size(); ++i) {
        TONGKA_TRY(auto argument,
                   evaluate_argument(call.operands[i], call.function->parameters[i], source, environment));
        types.push_back({type_of(argument.value), argument.number, argument.word});
        arguments.push_back(std::move(argument));
    }
    if (const auto type = call.function->type_of(types); !type)
        return fail(error(call, source, type.error().message));
    auto value = call.function->evaluate(arguments, environment.lookup());
    if (!value)
        return fail(error(call, source, value.error().message));
    return value;
}

} // namespace

Result<Value> evaluate(const Expression& expression, const Node& source, const Environment& environment) {
    switch (expression.kind) {
    case Expression::Kind::literal:
        return expression.literal;
    case Expression::Kind::variable:
        return evaluate_variable(expression, source, environment);
    case Expression::Kind::given:
        return evaluate_given(expression, source, environment);
    case Expression::Kind::call:
        return evaluate_call(expression, source, environment);
    case Expression::Kind::concatenate:
        return evaluate_concatenation(expression, source, environment);
    case Expression::Kind::add:
    case Expression::Kind::subtract:
        return evaluate_sum(expression, source, environment);
    case Expression::Kind::number:
    case Expression::Kind::word:
        break;
    }
    return fail(error(expression, source, "this is no value"));
}

Result<Bytes> evaluate_bytes(const Expression& expression, const Node& source, const Environment& environment) {
    TONGKA_TRY(auto value, evaluate(expression, source, environment));
    if (auto* bytes = std::get_if<Bytes>(&value))
        return std::move(*bytes);
    return fail(error(expression, source, fmt::format("'{}' is a key, not bytes", expression.written(source.text))));
}

Result<Bytes> evaluate_width(const Expression& expression, const Node& source, const Environment& environment,
                             std::size_t width) {
    TONGKA_TRY(auto bytes, evaluate_bytes(expression, source, environment));
    if (bytes.size() != width)
        return fail(error(
            expression, source,
            fmt::format("'{}' has {}, not {}", expression.written(source.text), count_bytes(bytes.size()), width)));
    return bytes;
}

} // namespace tongka::harness
