#include "core/keys/key_name.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "core/nearest.hpp"
#include "core/profile/key_kinds.hpp"

namespace tongka::core {

std::string to_text(const KeyOwner& owner) {
    return owner.city ? to_hex(*owner.city) : "CN";
}

Result<KeyOwner> parse_key_owner(std::string_view text) {
    if (text == "CN")
        return KeyOwner{};
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 4 || !std::ranges::all_of(text, is_digit))
        return fail(fmt::format("'{}' is no owner of keys: CN, or a city of four digits such as 2144", text));
    TONGKA_TRY(const auto bytes, from_hex(text));
    return KeyOwner{{{bytes[0], bytes[1]}}};
}

std::string to_text(const KeyName& name) {
    return fmt::format("{}.{:02X}/{:02X}", name.kind, name.index, name.version);
}

static Result<Byte> parse_part(std::string_view digits, std::string_view what) {
    TONGKA_TRY(const auto bytes, from_hex(digits, 1, what));
    return bytes.front();
}

Result<KeyName> parse_key_name(std::string_view text) {
    KeyName name;
    auto rest = text;
    if (const auto slash = rest.find('/'); slash != std::string_view::npos) {
        TONGKA_TRY(name.version, parse_part(rest.substr(slash + 1), "the version of a key"));
        rest = rest.substr(0, slash);
    }
    if (const auto dot = rest.find('.'); dot != std::string_view::npos) {
        TONGKA_TRY(name.index, parse_part(rest.substr(dot + 1), "the index of a key"));
        rest = rest.substr(0, dot);
    }
    std::vector<std::string_view> kinds(std::begin(key_kinds), std::end(key_kinds));
    kinds.insert(kinds.end(), std::begin(sam_key_kinds), std::end(sam_key_kinds));
    if (std::ranges::find(kinds, rest) == kinds.end())
        return fail(fmt::format("there is no key kind '{}'{}", rest, suggest(rest, kinds)));
    name.kind = rest;
    return name;
}

} // namespace tongka::core
