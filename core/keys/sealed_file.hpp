#pragma once

#include <array>

#include "core/keys/secret.hpp"
#include "core/random.hpp"
#include "core/result.hpp"

namespace tongka::core {

/// What it costs to try one pass phrase (Argon2id). The default is the second recommendation of RFC 9106 section 4,
/// with one lane, since Botan works lanes off one after the other.
struct StretchCost {
    std::uint32_t memory = 64 * 1024; ///< KiB, 8 a lane at least
    std::uint32_t passes = 3;
    Byte lanes = 1;

    [[nodiscard]] bool operator==(const StretchCost&) const = default;
};

/// What a sealed file holds.
enum class SealedContent : Byte { keys = 1, components = 2 };

/// A pass phrase made ready to seal content with: AES-256/GCM under a key that Argon2id makes of the pass phrase, the
/// whole header authenticated with the content. Layout of the file: docs/keys.md.
class Seal {
public:
    struct Opened;

    /// A seal with a salt of its own.
    [[nodiscard]] static Seal make(SealedContent content, const PassPhrase& pass, Random& random,
                                   const StretchCost& cost = {});

    /// Reads the bytes of a file. The Error tells what is no sealed file, holds something else, or is cut off from a
    /// pass phrase that is wrong or a file that was altered (which no one can tell apart).
    [[nodiscard]] static Result<Opened> open(BytesView file, SealedContent content, const PassPhrase& pass);

    /// The bytes of a file with this content; each call takes a new nonce from `random`.
    [[nodiscard]] Bytes close(BytesView content, Random& random) const;

private:
    Seal(SealedContent content, const StretchCost& cost, const std::array<Byte, 16>& salt, const PassPhrase& pass);

    SealedContent content_;
    StretchCost cost_;
    std::array<Byte, 16> salt_;
    SecretBytes key_;
};

struct Seal::Opened {
    Seal seal;
    SecretBytes content;
};

/// Whether the bytes begin as a sealed file does.
[[nodiscard]] bool looks_sealed(BytesView file);

} // namespace tongka::core
