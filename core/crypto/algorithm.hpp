#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// The block ciphers of the purse. The values are the algorithm identifiers that INITIALIZE answers with and that a
/// PSAM takes (standards.md 5.3: 00 and 04 verified, 01 from a single source).
enum class Algorithm : Byte { triple_des = 0x00, des = 0x01, sm4 = 0x04 };

/// The name used in profiles and cases: "3des", "des", "sm4".
[[nodiscard]] std::string_view name(Algorithm algorithm);

/// Reads such a name; anything else is an Error.
[[nodiscard]] Result<Algorithm> parse_algorithm(std::string_view name);

/// The algorithm behind an identifier byte, if it is one of the three.
[[nodiscard]] std::optional<Algorithm> algorithm_of(Byte identifier);

/// Length of a key in bytes: 16, or 8 for single DES.
[[nodiscard]] constexpr std::size_t key_size(Algorithm algorithm) {
    return algorithm == Algorithm::des ? 8 : 16;
}

/// Length of a block in bytes: 8, or 16 for SM4.
[[nodiscard]] constexpr std::size_t block_size(Algorithm algorithm) {
    return algorithm == Algorithm::sm4 ? 16 : 8;
}

} // namespace tongka::core
