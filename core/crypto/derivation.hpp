#pragma once

#include <array>
#include <span>

#include "core/bytes.hpp"
#include "core/crypto/cipher.hpp"
#include "core/crypto/key.hpp"

namespace tongka::core {

/// 8 bytes that a key is derived with: an application serial number, a city factor, a transaction's input.
using Factor = std::span<const Byte, 8>;

/// One level of diversification (密钥分散), for a key of the same algorithm:
/// 3DES(MK, F) ‖ 3DES(MK, ~F) (standards.md 5.1), SM4(MK, F ‖ ~F) (standards.md 5.3).
/// Single DES: DES(MK, F) - inferred, no source describes it.
[[nodiscard]] Key diversify(const Cipher& master, Factor factor);

/// One level of diversification for many cards at once: 16 bytes of key for each factor, one after the other. Takes a
/// 3DES or SM4 master; throws std::invalid_argument for another, or where `keys` has another size.
void derive_with(const Cipher& master, std::span<const std::array<Byte, 8>> factors, std::span<Byte> keys);

/// Any number of levels, outermost factor first (city, then card); with none, the master key itself.
[[nodiscard]] Key diversify(const Key& master, std::span<const std::array<Byte, 8>> factors);

/// The session key (过程密钥) of a transaction from its 8-byte input: under 3DES a single-DES key, 3DES(K, input)
/// (standards.md 5.1); under SM4 a 16-byte one, SM4(K, input ‖ ~input) (standards.md 5.3, from a single source).
/// Single DES: DES(K, input) - inferred, no source describes it.
[[nodiscard]] Key session_key(const Cipher& key, Factor input);

/// What TACs are made with: under 3DES the single-DES key left half ⊕ right half (standards.md 5.1); an SM4 key serves
/// unchanged (standards.md 5.3, from a single source), and so does a single-DES key (inferred).
[[nodiscard]] Key tac_key(const Key& key);

} // namespace tongka::core
