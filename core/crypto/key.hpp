#pragma once

#include <array>
#include <span>

#include "core/bytes.hpp"
#include "core/crypto/algorithm.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// A secret key and the algorithm it is for. Its bytes stand inside the object (no heap) and are wiped when it goes.
/// It has no text form, so that it cannot slip into a log.
class Key {
public:
    /// An Error unless `bytes` has the length that the algorithm asks for; the Error does not show the bytes.
    [[nodiscard]] static Result<Key> create(Algorithm algorithm, BytesView bytes);

    [[nodiscard]] static Key triple_des(std::span<const Byte, 16> bytes) { return {Algorithm::triple_des, bytes}; }
    [[nodiscard]] static Key des(std::span<const Byte, 8> bytes) { return {Algorithm::des, bytes}; }
    [[nodiscard]] static Key sm4(std::span<const Byte, 16> bytes) { return {Algorithm::sm4, bytes}; }

    Key(const Key&) = default;
    Key& operator=(const Key&) = default;
    ~Key();

    [[nodiscard]] Algorithm algorithm() const { return algorithm_; }
    [[nodiscard]] BytesView bytes() const { return {bytes_.data(), key_size(algorithm_)}; }

    /// Takes the same time wherever the keys differ.
    [[nodiscard]] bool operator==(const Key& other) const;

private:
    Key(Algorithm algorithm, BytesView bytes);

    Algorithm algorithm_;
    std::array<Byte, 16> bytes_{};
};

} // namespace tongka::core
