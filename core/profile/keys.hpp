#pragma once

#include <array>
#include <span>
#include <vector>

#include "core/document/node.hpp"
#include "core/profile/profile.hpp"

namespace tongka::core {

enum class KeyForm { card, sam };

/// A mapping of key names to keys. A key is hex (version 01), or a mapping with `value` (in a SAM `master`),
/// `version`, `algorithm` (3des, des, sm4) and, in a SAM, `levels`. Without `algorithm`, 8 bytes are a DES key, 16 a
/// 3DES key.
[[nodiscard]] Result<std::vector<NamedKey>> read_keys(const document::Node& node, KeyForm form);

/// The factor of a city: its code and FF 00 00 00 00 00 (standards.md 5.1), or as Rule::city_factor_padding has it.
[[nodiscard]] std::array<Byte, 8> city_factor(std::span<const Byte, 2> city, const Rules& rules);

/// The factor of a card for a kind of key: its ASN, or for maintenance keys (DCMK, DAMK) what
/// Rule::maintenance_key_factor says.
[[nodiscard]] std::array<Byte, 8> card_factor(std::string_view kind, const CardProfile& card, const Rules& rules);

/// Masters become the keys of one card: first by city, then by ASN (standards.md 5.1). Maintenance keys (DCMK, DAMK)
/// are derived as Rule::maintenance_key_levels and Rule::maintenance_key_factor say.
void derive_card_keys(std::vector<NamedKey>& keys, const CardProfile& card, const Rules& rules);

} // namespace tongka::core
