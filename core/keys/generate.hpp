#pragma once

#include "core/crypto/key.hpp"
#include "core/random.hpp"

namespace tongka::core {

/// Whether a half of the key is one of the 4 weak or 12 semi-weak keys of DES (NIST SP 800-67), or both halves are
/// the same, which makes 3DES single DES; parity does not count. SM4 has no such keys.
[[nodiscard]] bool is_weak(const Key& key);

/// A new key that is not weak; for DES and 3DES with odd parity. Draws again until that is so.
[[nodiscard]] Key generate_key(Random& random, Algorithm algorithm);

} // namespace tongka::core
