#pragma once

#include <array>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/clock.hpp"
#include "core/crypto/key.hpp"
#include "core/keys/key_name.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// Tells keys apart without telling them: the left 4 bytes of E(K, a block of zeros). Inferred: the usual check value
/// of key centres; no public text of CJ/T 333 states one.
using CheckValue = std::array<Byte, 4>;
[[nodiscard]] CheckValue check_value(const Key& key);

/// A key goes through these in order; from any of them it may be destroyed.
enum class KeyState : Byte { prepared, current, retiring, destroyed };
[[nodiscard]] std::string_view name(KeyState state);

/// What is known of a key to whoever may not know the key.
struct KeyRecord {
    KeyName name;
    Algorithm algorithm = Algorithm::triple_des;
    KeyState state = KeyState::current;
    CheckValue check_value{};
    std::string made; ///< YYYY-MM-DD

    [[nodiscard]] bool operator==(const KeyRecord&) const = default;
};

/// A key outside a store, on its way into one.
struct KeyEntry {
    KeyRecord record;
    Key key;
};

/// The clock's day in UTC, YYYY-MM-DD.
[[nodiscard]] std::string today(const Clock& clock);

} // namespace tongka::core
