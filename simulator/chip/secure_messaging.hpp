#pragma once

#include <tl/expected.hpp>

#include "core/crypto/mac.hpp"
#include "simulator/chip/common_reasons.hpp"
#include "simulator/chip/smart_card.hpp"

/// Secure messaging (standards.md 5.1): CLA bit 3 says that the last four data bytes are a MAC over header, Lc and
/// data, under a key and the random number that GET CHALLENGE gave just before.
namespace tongka::simulator {

inline constexpr core::Byte secure_class_bit = 0x04;
inline constexpr std::size_t mac_size = 4;

[[nodiscard]] inline bool is_protected(const core::Command& command) {
    return (command.cla & secure_class_bit) != 0;
}

namespace secure {
inline constexpr Reason missing{0x6987, "the command must be protected, and is not", "standards.md 4.1"};
inline constexpr Reason missing_class{0x6900, "CLA does not say the protection that is asked for", "standards.md 4"};
inline constexpr Reason not_asked_for{0x6900, "nothing here is protected by secure messaging", "standards.md 4"};
inline constexpr Reason mac_missing{0x6987, "the data is too short to hold a MAC", "standards.md 4.1"};
inline constexpr Reason no_challenge{0x6984, "no GET CHALLENGE stands right before it", "standards.md 4.1"};
inline constexpr Reason wrong_mac{0x6988, "the MAC of the message is wrong", "standards.md 4.1"};
inline constexpr Reason wrong_cryptogram{0x6988, "the deciphered data is not length, data, padding",
                                         "standards.md 5.1"};
} // namespace secure

/// The data field without its MAC, deciphered where the protection asks for it; or what the command is refused with. A
/// try of the key is taken before the MAC is compared, and given back when it is right; a wrong MAC
/// is refused with `when_wrong`.
[[nodiscard]] tl::expected<core::Bytes, Reply> open_command(SmartCard& card, const core::Command& command,
                                                            const StoredKey& key, Protection protection,
                                                            const Reason& when_wrong = secure::wrong_mac);

/// Enciphers an answer where the protection asks for it, and appends its MAC (same random number).
void protect_answer(SmartCard& card, const StoredKey& key, Protection protection, core::Bytes& answer);

/// A MAC under `key` from the current random number on, by the rule for secure messaging (standards.md 9 row 3).
[[nodiscard]] core::Mac message_mac(SmartCard& card, const StoredKey& key,
                                    std::initializer_list<core::BytesView> pieces);

/// What secure messaging can refuse any command with.
[[nodiscard]] std::span<const Reason* const> secure_messaging_reasons();

} // namespace tongka::simulator
