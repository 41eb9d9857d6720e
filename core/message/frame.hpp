#pragma once

#include <array>
#include <cstdint>

#include "core/bytes.hpp"
#include "core/crypto/mac.hpp"
#include "core/result.hpp"

/// Messages between terminal and host (docs/online.md). The public texts show fields of them, but no frame: this one is
/// our reading (inferred; clauses.md F, H).
namespace tongka::core::message {

inline constexpr Byte version = 1;
inline constexpr std::uint16_t reply_bit = 0x8000; ///< in the code of a reply, beside that of its request

inline constexpr std::size_t length_size = 2;
inline constexpr std::size_t header_size = 20; ///< version to time
inline constexpr std::size_t mac_size = 4;
inline constexpr std::size_t least_size = length_size + header_size + mac_size;
inline constexpr std::size_t most_size = 512; ///< of a whole frame: no message of the tables comes near

/// Length 2 (of all that follows), version 1, code 2, terminal 6, sequence number 4, time 7 (BCD YYYYMMDDhhmmss, China
/// Standard Time), body, MAC 4; numbers are big-endian.
struct Frame {
    std::uint16_t code = 0;
    std::array<Byte, 6> terminal{};
    std::uint32_t sequence = 0;
    std::array<Byte, 7> time{};
    Bytes body;
    Mac mac{};

    [[nodiscard]] bool is_reply() const { return (code & reply_bit) != 0; }
};

/// Throws std::invalid_argument for a body that makes the frame longer than most_size.
[[nodiscard]] Bytes encode(const Frame& frame);

/// One whole frame, nothing before or behind it. An Error for another length or version, or a time that does not exist.
[[nodiscard]] Result<Frame> decode(BytesView bytes);

/// How many bytes the frame has that a stream goes on with; 0 as long as too few have come to tell. An Error for a
/// length that no frame has: where the next one begins cannot be known then.
[[nodiscard]] Result<std::size_t> frame_size(BytesView stream);

} // namespace tongka::core::message
