#pragma once

#include <vector>

#include "core/keys/key_name.hpp"

namespace tongka::core {

/// Whether a card holds the kind under several indices, so that its keys roll from one generation to the next: DPK,
/// DLK, DULK, DUK. All other kinds have one generation, replaced with the card (docs/decisions/0007-key-system.md).
[[nodiscard]] bool rolls(std::string_view kind);

/// The names of generation g of the kinds that roll: index g, version g.
[[nodiscard]] std::vector<KeyName> generation_names(Byte generation);

/// The names of the keys with one generation, version 01.
[[nodiscard]] std::vector<KeyName> lasting_names();

} // namespace tongka::core
