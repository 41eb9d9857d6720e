#pragma once

#include <optional>
#include <string_view>

#include "core/bytes.hpp"

namespace tongka::simulator {

/// What a key in a SAM is for: the low five bits of its usage byte (standards.md 4.3, 12; clauses.md E for the load).
enum class Purpose : core::Byte {
    master_control = 0x00,
    purchase = 0x02,
    pin_unblock = 0x03,
    pin_reload = 0x04,
    maintenance = 0x05,
    mac = 0x06,
    encryption = 0x07,
    mac_and_encryption = 0x08,
    load = 0x0B,
    tac = 0x0C,
    external = 0x0E, ///< EXTERNAL AUTHENTICATION
    internal = 0x0F, ///< INTERNAL AUTHENTICATION
    mifare = 0x10,   ///< inferred: no source tells the purpose of the keys behind CALCULATE KEY
};

/// A card's key is derived with so many factors at the most.
inline constexpr std::size_t most_factors = 3;

/// A usage byte: levels of diversification in its high three bits, purpose in the low five (standards.md 4.3).
struct Usage {
    Purpose purpose;
    unsigned levels;
};

/// Nothing where the purpose is none of those above, or the levels are more than three.
[[nodiscard]] std::optional<Usage> usage_of(core::Byte byte);
[[nodiscard]] core::Byte usage_byte(Usage usage);

/// Whether a key is the SAM's own, for its files and its holder, and not one that cards' keys come from.
[[nodiscard]] bool is_own(Usage usage);

/// What INIT_FOR_DESCRYPT and DES CRYPT may do with a key (which key does which is told for 04, 06, 07 and 08, the
/// others are inferred from what terminals ask of them).
struct Uses {
    bool mac = false;
    bool encryption = false;
    bool folded = false; ///< the MAC is made with left half ⊕ right half (standards.md 12, purpose 04)
};
[[nodiscard]] Uses uses_of(Purpose purpose);

/// The purpose of a kind of key of the profile (core/profile/key_kinds.hpp).
[[nodiscard]] std::optional<Purpose> purpose_of(std::string_view kind);

} // namespace tongka::simulator
