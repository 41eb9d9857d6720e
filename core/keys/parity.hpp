#pragma once

#include <optional>
#include <string_view>

#include "core/bytes.hpp"
#include "core/crypto/key.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// The first byte (from 1) with an even number of ones; none where all are odd, as in a DES key that was made
/// (FIPS 46-3). A key that was derived has no parity.
[[nodiscard]] std::optional<std::size_t> even_byte(BytesView bytes);
[[nodiscard]] bool has_odd_parity(BytesView bytes);
/// Sets the lowest bit of each byte, which DES does not use.
void set_odd_parity(std::span<Byte> bytes);

/// For a root key of DES or 3DES: "byte 5 of `what` has even parity". SM4 has no parity.
[[nodiscard]] Result<void> check_parity(const Key& key, std::string_view what);

} // namespace tongka::core
