#pragma once

#include <vector>

#include "core/keys/key_record.hpp"
#include "core/random.hpp"

namespace tongka::core {

/// One of the parts that a key is split into: the key is all of them ⊕ each other. Fewer than all tell nothing of it.
struct Component {
    KeyRecord record; ///< of the key, with the check value of the key
    Byte number = 1;  ///< from 1
    Byte count = 2;
    bool odd_parity = false;  ///< each part has odd parity, and the key gets it after the ⊕
    CheckValue check_value{}; ///< of this part, as if it were a key
    Key value;
};

/// `count` parts, 2 or more, of a key; all but the last are random. Parts of a DES or 3DES key with odd parity have odd
/// parity themselves. Throws std::invalid_argument for fewer.
[[nodiscard]] std::vector<Component> split(const KeyEntry& key, Byte count, Random& random);

/// The key again, of parts in any order. An Error that names the part: missing, given twice, of another key, not what
/// its check value says, of even parity; or the key's own check value differs. Shows no byte of any.
[[nodiscard]] Result<KeyEntry> combine(const std::vector<Component>& parts);

} // namespace tongka::core
