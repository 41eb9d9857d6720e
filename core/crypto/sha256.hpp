#pragma once

#include <array>
#include <memory>

#include "core/bytes.hpp"

namespace Botan {
class HashFunction;
}

namespace tongka::core {

using Digest = std::array<Byte, 32>;

/// SHA-256 (FIPS 180-4) of data that comes in pieces. After finish it is ready for the next.
class Sha256 {
public:
    Sha256();
    Sha256(Sha256&&) noexcept;
    Sha256& operator=(Sha256&&) noexcept;
    ~Sha256();

    void update(BytesView piece);
    [[nodiscard]] Digest finish();

private:
    std::unique_ptr<Botan::HashFunction> hash_;
};

[[nodiscard]] Digest sha256(BytesView data);

} // namespace tongka::core
