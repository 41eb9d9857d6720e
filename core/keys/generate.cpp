#include "core/keys/generate.hpp"

#include "core/keys/parity.hpp"
#include "core/keys/secret.hpp"

namespace tongka::core {

/// NIST SP 800-67, section 3.3.2.
static constexpr std::uint64_t weak_halves[] = {
    0x0101010101010101, 0xFEFEFEFEFEFEFEFE, 0xE0E0E0E0F1F1F1F1, 0x1F1F1F1F0E0E0E0E,
    0x011F011F010E010E, 0x1F011F010E010E01, 0x01E001E001F101F1, 0xE001E001F101F101,
    0x01FE01FE01FE01FE, 0xFE01FE01FE01FE01, 0x1FE01FE00EF10EF1, 0xE01FE01FF10EF10E,
    0x1FFE1FFE0EFE0EFE, 0xFE1FFE1FFE0EFE0E, 0xE0FEE0FEF1FEF1FE, 0xFEE0FEE0FEF1FEF1,
};

static constexpr std::uint64_t without_parity = 0xFEFEFEFEFEFEFEFE;

static bool is_weak_half(std::uint64_t half) {
    return std::ranges::any_of(weak_halves, [&](auto weak) { return ((half ^ weak) & without_parity) == 0; });
}

bool is_weak(const Key& key) {
    if (key.algorithm() == Algorithm::sm4)
        return false;
    const auto left = read_big_endian(key.bytes().first(8));
    const auto right = read_big_endian(key.bytes().last(8));
    const bool equal_halves = key.algorithm() == Algorithm::triple_des && ((left ^ right) & without_parity) == 0;
    return equal_halves || is_weak_half(left) || is_weak_half(right);
}

Key generate_key(Random& random, Algorithm algorithm) {
    SecretBytes bytes(key_size(algorithm));
    while (true) {
        random.fill(bytes);
        if (algorithm != Algorithm::sm4)
            set_odd_parity(bytes);
        const auto key = *Key::create(algorithm, bytes);
        if (!is_weak(key))
            return key;
    }
}

} // namespace tongka::core
