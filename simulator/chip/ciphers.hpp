#pragma once

#include <vector>

#include "core/crypto/cipher.hpp"
#include "core/crypto/key.hpp"

namespace tongka::simulator {

/// A double-length key whose second half is the first: what a device computes with that forgets the second.
[[nodiscard]] core::Key halved(const core::Key& key);

/// The ciphers of the keys that a chip used last: making one ready costs more than using it.
class Ciphers {
public:
    /// Valid until the next call.
    [[nodiscard]] const core::Cipher& of(const core::Key& key);

private:
    static constexpr std::size_t most = 4; ///< a purchase takes two, a load two more
    struct Entry {
        core::Key key;
        core::Cipher cipher;
    };
    std::vector<Entry> entries_;
    std::size_t oldest_ = 0;
};

} // namespace tongka::simulator
