#include "core/crypto/key.hpp"

#include <botan/mem_ops.h>

namespace tongka::core {

Key::Key(Algorithm algorithm, BytesView bytes) : algorithm_(algorithm) {
    std::ranges::copy(bytes, bytes_.begin());
}

Key::~Key() {
    Botan::secure_scrub_memory(bytes_.data(), bytes_.size());
}

Result<Key> Key::create(Algorithm algorithm, BytesView bytes) {
    if (bytes.size() != key_size(algorithm))
        return fail("a key for " + std::string(name(algorithm)) + " has " + std::to_string(key_size(algorithm)) +
                    " bytes, not " + std::to_string(bytes.size()));
    return Key(algorithm, bytes);
}

bool Key::operator==(const Key& other) const {
    return algorithm_ == other.algorithm_ &&
           Botan::constant_time_compare(bytes_.data(), other.bytes_.data(), bytes_.size());
}

} // namespace tongka::core
