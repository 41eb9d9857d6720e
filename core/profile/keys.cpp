#include "core/profile/keys.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/crypto/derivation.hpp"
#include "core/document/mapping.hpp"
#include "core/hex.hpp"
#include "core/nearest.hpp"
#include "core/profile/fields.hpp"
#include "core/profile/key_kinds.hpp"

namespace tongka::core {
namespace {

using document::Entry;
using document::Mapping;
using document::Node;

/// `DPK.01` is kind DPK, index 01; `DTK` is index 00.
Result<NamedKey> read_name(const Node& node, Key key, KeyForm form) {
    const std::string_view name = node.text;
    const auto dot = name.find('.');
    const auto kind = name.substr(0, dot);
    std::vector<std::string_view> kinds(std::begin(key_kinds), std::end(key_kinds));
    if (form == KeyForm::sam)
        kinds.insert(kinds.end(), std::begin(sam_key_kinds), std::end(sam_key_kinds));
    if (std::ranges::find(kinds, kind) == kinds.end())
        return fail(node.error(fmt::format("there is no key kind '{}'{}", kind, suggest(kind, kinds))));
    Byte index = 0;
    if (dot != std::string_view::npos) {
        auto bytes = from_hex(name.substr(dot + 1), 1, "the index of a key");
        if (!bytes)
            return fail(node.error(bytes.error().message));
        index = bytes->front();
    }
    return NamedKey{.kind = std::string(kind), .index = index, .key = std::move(key)};
}

bool is_maintenance(std::string_view kind) {
    return kind == "DCMK" || kind == "DAMK";
}

/// The hex of a key; what is wrong with it is told without showing it.
Result<Key> read_key(const Node& node, std::string_view name, std::optional<Algorithm> algorithm) {
    TONGKA_TRY(auto text, node.as_text(name));
    const auto bytes = from_hex(text);
    if (!bytes)
        return fail(node.error(fmt::format("key {} is not hexadecimal", name)));
    const auto usual = bytes->size() == key_size(Algorithm::des) ? Algorithm::des : Algorithm::triple_des;
    auto key = Key::create(algorithm.value_or(usual), *bytes);
    if (!key)
        return fail(node.error(key.error().at(fmt::format("key {}", name)).message));
    return key;
}

Result<NamedKey> read_entry(const Entry& entry, KeyForm form) {
    const std::string& name = entry.key.text;
    if (entry.value.kind == Node::Kind::text) {
        TONGKA_TRY(auto key, read_key(entry.value, name, std::nullopt));
        return read_name(entry.key, std::move(key), form);
    }
    TONGKA_TRY(auto fields, Mapping::of(entry.value, "a key"));
    std::optional<Algorithm> algorithm;
    if (const Node* node = fields.optional("algorithm")) {
        auto parsed = parse_algorithm(node->text);
        if (!parsed)
            return fail(node->error(parsed.error().message));
        algorithm = *parsed;
    }
    TONGKA_TRY(const Node* value, fields.required(form == KeyForm::sam ? "master" : "value"));
    TONGKA_TRY(auto key, read_key(*value, name, algorithm));
    TONGKA_TRY(auto named, read_name(entry.key, std::move(key), form));
    if (const Node* version = fields.optional("version")) {
        TONGKA_TRY(auto bytes, read_bytes(*version, "version", 1, 1));
        named.version = bytes.front();
    }
    if (form == KeyForm::sam) {
        TONGKA_TRY(named.levels, read_number(fields, "levels", 3, 2));
    }
    TONGKA_CHECK(fields.finish());
    return named;
}

} // namespace

Result<std::vector<NamedKey>> read_keys(const Node& node, KeyForm form) {
    std::vector<NamedKey> keys;
    TONGKA_TRY(const auto* entries, node.as_entries("keys"));
    for (const Entry& entry : *entries) {
        TONGKA_TRY(auto key, read_entry(entry, form));
        keys.push_back(std::move(key));
    }
    return keys;
}

std::array<Byte, 8> city_factor(std::span<const Byte, 2> city, const Rules& rules) {
    const Byte padding = rules.is(Rule::city_factor_padding, "00") ? 0x00 : 0xFF;
    return {city[0], city[1], 0xFF, padding, padding, padding, padding, padding};
}

std::array<Byte, 8> card_factor(std::string_view kind, const CardProfile& card, const Rules& rules) {
    std::array<Byte, 8> factor = card.asn;
    if (is_maintenance(kind) && rules.is(Rule::maintenance_key_factor, "chip-serial"))
        factor = card.chip_serial;
    else if (is_maintenance(kind) && rules.is(Rule::maintenance_key_factor, "asn-reversed"))
        std::ranges::reverse(factor);
    return factor;
}

void derive_card_keys(std::vector<NamedKey>& keys, const CardProfile& card, const Rules& rules) {
    for (NamedKey& key : keys) {
        const std::array<std::array<Byte, 8>, 2> factors{city_factor(card.city, rules),
                                                         card_factor(key.kind, card, rules)};
        const std::size_t levels = is_maintenance(key.kind) && rules.is(Rule::maintenance_key_levels, "1") ? 1 : 2;
        key.key = diversify(key.key, std::span(factors).last(levels));
    }
}

} // namespace tongka::core
