#include "core/crypto/sha256.hpp"

#include <botan/hash.h>

namespace tongka::core {

Sha256::Sha256() : hash_(Botan::HashFunction::create_or_throw("SHA-256")) {}
Sha256::Sha256(Sha256&&) noexcept = default;
Sha256& Sha256::operator=(Sha256&&) noexcept = default;
Sha256::~Sha256() = default;

void Sha256::update(BytesView piece) {
    hash_->update(piece.data(), piece.size());
}

Digest Sha256::finish() {
    Digest digest;
    hash_->final(digest.data());
    return digest;
}

Digest sha256(BytesView data) {
    Sha256 hash;
    hash.update(data);
    return hash.finish();
}

} // namespace tongka::core
