#pragma once

#include <span>
#include <vector>

#include "core/document/node.hpp"
#include "core/profile/profile.hpp"

namespace tongka::core {

enum class KeyForm { card, psam };

/// A mapping of key names to keys. A key is hex (3DES, version 01), or a mapping with `value` (in a PSAM `master`),
/// `version`, `algorithm` (3des, des, sm4) and, in a PSAM, `levels`.
[[nodiscard]] Result<std::vector<NamedKey>> read_keys(const document::Node& node, KeyForm form);

/// Masters become the keys of one card: first by city (`city ‖ FF 00 00 00 00 00`), then by ASN (standards.md 5.1).
void derive_card_keys(std::vector<NamedKey>& keys, std::span<const Byte, 2> city, std::span<const Byte, 8> asn);

/// The factor of a city (standards.md 5.1).
[[nodiscard]] std::array<Byte, 8> city_factor(std::span<const Byte, 2> city);

} // namespace tongka::core
