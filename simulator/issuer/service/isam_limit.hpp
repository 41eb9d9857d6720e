#pragma once

#include <array>

#include "core/crypto/mac.hpp"
#include "core/rules.hpp"

namespace tongka::simulator {

/// Content of file 001B of a load SAM (docs/decisions/0008-sams.md; inferred). A limit that is closed keeps its amount
/// under a last moment of zeros, which is always over.
struct IsamLimit {
    static constexpr core::Byte open = 1;
    static constexpr core::Byte close = 2;
    static constexpr std::size_t size = 14;

    std::uint32_t amount = 0; ///< in fen
    std::array<core::Byte, 7> until{};
    std::uint32_t batch = 0; ///< 3 bytes

    [[nodiscard]] core::Bytes bytes() const;
    /// `content` has 14 bytes at least.
    [[nodiscard]] static IsamLimit read(core::BytesView content);
    [[nodiscard]] bool closed() const { return until == std::array<core::Byte, 7>{}; }
};

/// UPDATE BINARY of file 001B up to its data's end: 04D69B00, Lc 12, amount, moment, batch; the MAC follows.
[[nodiscard]] core::Bytes isam_limit_command(const IsamLimit& limit);

/// The MAC of that command under the SAM's maintenance key (standards.md 5.1). `challenge` has 4 or 8 bytes.
[[nodiscard]] core::Mac isam_limit_mac(const core::Key& maintenance, const core::Rules& rules,
                                       core::BytesView challenge, const IsamLimit& limit);

} // namespace tongka::simulator
