#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "harness/language/lookup.hpp"
#include "harness/language/type.hpp"
#include "harness/language/value.hpp"

namespace tongka::harness {

/// `value` takes bytes or a key; names and choices are words, `choice` is one of the rule named before it.
enum class Parameter : std::uint8_t { none, bytes, key, value, number, rule_name, choice, key_name };

/// Whether the argument is an expression, rather than a number or a word.
[[nodiscard]] constexpr bool is_expression(Parameter parameter) {
    return parameter == Parameter::bytes || parameter == Parameter::key || parameter == Parameter::value;
}

/// An argument as the loader sees it: which member counts is told by the parameter.
struct StaticArgument {
    Type type{};
    std::size_t number = 0;
    std::string_view word{};
};

/// An argument with its value; the checker has seen to its kind.
struct Argument {
    Value value{};
    std::size_t number = 0;
    std::string_view word{};

    [[nodiscard]] const core::Bytes& bytes() const { return std::get<core::Bytes>(value); }
    [[nodiscard]] const core::Key& key() const { return std::get<core::Key>(value); }
};

using StaticArguments = std::span<const StaticArgument>;
using Arguments = std::span<const Argument>;

/// A function of the language. `type_of` says what it makes of arguments and what is wrong with them: the loader asks
/// with what it knows, the evaluator again with the widths of the values, so that `evaluate` may rely on it. Places are
/// added by the caller.
struct Function {
    std::string_view name{};
    std::string_view form{}; ///< as docs/cases.md writes it: "left(x, n)"
    std::array<Parameter, 4> parameters;
    std::size_t required; ///< how many arguments must be given
    core::Result<Type> (*type_of)(StaticArguments);
    core::Result<Value> (*evaluate)(Arguments, Lookup&) = nullptr;
    /// In place of `evaluate`, of a function that gives one of its arguments: which. The others are never evaluated: a
    /// key that only the other choice asks for may be missing.
    core::Result<std::size_t> (*choose)(StaticArguments, Lookup&) = nullptr;

    /// How many arguments may be given.
    [[nodiscard]] std::size_t most() const;
};

/// Functions on bytes and numbers, and those that work with keys.
[[nodiscard]] std::span<const Function> byte_functions();
[[nodiscard]] std::span<const Function> key_functions();

/// Null for a name that is not there.
[[nodiscard]] const Function* find_function(std::string_view name);

/// The Error for a function that is not there, with the nearest name.
[[nodiscard]] core::Error unknown_function(std::string_view name);

} // namespace tongka::harness
