#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/language/function.hpp"
#include "harness/language/vocabulary.hpp"

namespace tongka::harness {
namespace {

using core::Byte;
using core::Bytes;
using core::fail;
using core::Result;

template <std::size_t Width>
Result<Type> type_of_unsigned(StaticArguments args) {
    constexpr std::size_t largest = (std::size_t{1} << 8 * Width) - 1;
    if (args[0].number > largest)
        return fail(fmt::format("u{} holds up to {}, not {}", 8 * Width, largest, args[0].number));
    return Type::bytes(Width);
}

template <std::size_t Width>
Result<Value> unsigned_value(Arguments args, Lookup&) {
    return core::big_endian(args[0].number, Width);
}

/// `end` bytes must be there to take a part that ends with them.
Result<Type> part(const Type& whole, std::size_t end, std::size_t size) {
    if (whole.width && end > *whole.width)
        return fail(fmt::format("{} cannot be taken from {}",
                                end == size ? count_bytes(size) : fmt::format("bytes up to {}", end),
                                count_bytes(*whole.width)));
    return Type::bytes(size);
}

Result<Type> type_of_left_or_right(StaticArguments args) {
    return part(args[0].type, args[1].number, args[1].number);
}

Result<Value> left(Arguments args, Lookup&) {
    const auto& bytes = args[0].bytes();
    return Bytes(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(args[1].number));
}

Result<Value> right(Arguments args, Lookup&) {
    const auto& bytes = args[0].bytes();
    return Bytes(bytes.end() - static_cast<std::ptrdiff_t>(args[1].number), bytes.end());
}

Result<Type> type_of_slice(StaticArguments args) {
    return part(args[0].type, args[1].number + args[2].number, args[2].number);
}

Result<Value> slice(Arguments args, Lookup&) {
    const auto first = args[0].bytes().begin() + static_cast<std::ptrdiff_t>(args[1].number);
    return Bytes(first, first + static_cast<std::ptrdiff_t>(args[2].number));
}

Result<Type> type_of_repeat(StaticArguments args) {
    const auto& width = args[0].type.width;
    if (!width && args[1].number <= longest_value)
        return Type::bytes();
    const auto size = std::max<std::size_t>(width.value_or(1), 1) * args[1].number;
    if (size > longest_value)
        return fail(fmt::format("{} are more than the {} a value may have", count_bytes(size), longest_value));
    return Type::bytes(*width * args[1].number);
}

Result<Value> repeat(Arguments args, Lookup&) {
    Bytes all;
    for (std::size_t i = 0; i < args[1].number; ++i)
        core::append(all, args[0].bytes());
    return all;
}

Result<Type> type_of_not(StaticArguments args) {
    return args[0].type;
}

Result<Value> bitwise_not(Arguments args, Lookup&) {
    auto bytes = args[0].bytes();
    for (auto& byte : bytes)
        byte = static_cast<Byte>(~byte);
    return bytes;
}

Result<Type> type_of_xor(StaticArguments args) {
    const auto &a = args[0].type.width, &b = args[1].type.width;
    if (a && b && *a != *b)
        return fail(fmt::format("xor takes two values of one width, not {} and {}", *a, count_bytes(*b)));
    return Type::bytes(a ? a : b);
}

Result<Value> bitwise_xor(Arguments args, Lookup&) {
    auto bytes = args[0].bytes();
    std::ranges::transform(bytes, args[1].bytes(), bytes.begin(),
                           [](Byte a, Byte b) { return static_cast<Byte>(a ^ b); });
    return bytes;
}

Result<Type> type_of_flip_bit(StaticArguments args) {
    const auto& type = args[0].type;
    if (type.width && args[1].number >= 8 * *type.width)
        return fail(fmt::format("bit {} is not in {}, whose bits are 0 to {}", args[1].number, to_string(type),
                                8 * *type.width - 1));
    return type;
}

Result<Value> flip_bit(Arguments args, Lookup&) {
    auto bytes = args[0].bytes();
    bytes[args[1].number / 8] ^= static_cast<Byte>(0x80 >> args[1].number % 8);
    return bytes;
}

Result<Type> type_of_random(StaticArguments args) {
    if (args[0].number > longest_value)
        return fail(
            fmt::format("{} are more than the {} a value may have", count_bytes(args[0].number), longest_value));
    return Type::bytes(args[0].number);
}

Result<Value> random_bytes(Arguments args, Lookup& lookup) {
    TONGKA_TRY(auto bytes, lookup.random(args[0].number));
    if (bytes.size() != args[0].number)
        return fail(fmt::format("the generator gave {} instead of {}", count_bytes(bytes.size()), args[0].number));
    return bytes;
}

Result<Type> type_of_rule(StaticArguments args) {
    const auto* rule = find_rule(args[0].word);
    if (rule == nullptr)
        return fail(unknown_rule(args[0].word));
    if (!is_hex_valued(*rule))
        return fail(
            fmt::format("the value of rule '{}' is a word, not hex: it can only be compared, as in rule({}) == {}",
                        rule->name, rule->name, rule->choices.front()));
    const auto size = rule->choices.front().size();
    const bool same = std::ranges::all_of(rule->choices, [&](auto choice) { return choice.size() == size; });
    return same ? Type::bytes(size / 2) : Type::bytes();
}

Result<Value> rule_value(Arguments args, Lookup& lookup) {
    TONGKA_TRY(auto choice, lookup.rule(args[0].word));
    auto bytes = core::from_hex(choice);
    if (!bytes)
        return fail(fmt::format("the value of rule '{}' is '{}', which is no hex", args[0].word, choice));
    return *std::move(bytes);
}

Result<Type> type_of_by_rule(StaticArguments args) {
    const auto* rule = find_rule(args[0].word);
    if (rule == nullptr)
        return fail(unknown_rule(args[0].word));
    if (std::ranges::find(rule->choices, args[1].word) == rule->choices.end())
        return fail(unknown_choice(*rule, args[1].word));
    const auto &a = args[2].type, &b = args[3].type;
    if (a.is_key() != b.is_key() || (a.width && b.width && *a.width != *b.width))
        return fail(
            fmt::format("by_rule takes two values of one kind and width, not {} and {}", to_string(a), to_string(b)));
    return a.width ? b : a;
}

Result<std::size_t> choose_by_rule(StaticArguments args, Lookup& lookup) {
    TONGKA_TRY(const auto choice, lookup.rule(args[0].word));
    return choice == args[1].word ? 2 : 3;
}

using enum Parameter;
constexpr Function table[] = {
    {"u8", "u8(n)", {number}, 1, type_of_unsigned<1>, unsigned_value<1>},
    {"u16", "u16(n)", {number}, 1, type_of_unsigned<2>, unsigned_value<2>},
    {"u24", "u24(n)", {number}, 1, type_of_unsigned<3>, unsigned_value<3>},
    {"u32", "u32(n)", {number}, 1, type_of_unsigned<4>, unsigned_value<4>},
    {"left", "left(x, n)", {bytes, number}, 2, type_of_left_or_right, left},
    {"right", "right(x, n)", {bytes, number}, 2, type_of_left_or_right, right},
    {"slice", "slice(x, offset, n)", {bytes, number, number}, 3, type_of_slice, slice},
    {"repeat", "repeat(x, n)", {bytes, number}, 2, type_of_repeat, repeat},
    {"not", "not(x)", {bytes}, 1, type_of_not, bitwise_not},
    {"xor", "xor(a, b)", {bytes, bytes}, 2, type_of_xor, bitwise_xor},
    {"flip_bit", "flip_bit(x, i)", {bytes, number}, 2, type_of_flip_bit, flip_bit},
    {"random", "random(n)", {number}, 1, type_of_random, random_bytes},
    {"rule", "rule(name)", {rule_name}, 1, type_of_rule, rule_value},
    {"by_rule",
     "by_rule(name, choice, a, b)",
     {rule_name, choice, value, value},
     4,
     type_of_by_rule,
     nullptr,
     choose_by_rule},
};

} // namespace

std::span<const Function> byte_functions() {
    return table;
}

} // namespace tongka::harness
