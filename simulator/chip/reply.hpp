#pragma once

#include <string_view>

#include "core/apdu.hpp"

namespace tongka::simulator {

/// Why a chip answers as it does: the status word, a short reason, and the requirement or public text behind it. Each
/// command file lists its own; traces print them.
struct Reason {
    core::StatusWord sw;
    std::string_view text;
    std::string_view basis;
};

/// A status word with its reason. Data goes to the chip's answer buffer.
struct Reply {
    core::StatusWord sw;
    const Reason* reason; ///< never null
};

inline constexpr Reason done{0x9000, "done", "ISO/IEC 7816-4"};

[[nodiscard]] inline Reply success() {
    return {done.sw, &done};
}
[[nodiscard]] inline Reply refuse(const Reason& reason) {
    return {reason.sw, &reason};
}

/// A status word that carries a number in its low bits (63Cx, 6Cxx).
[[nodiscard]] inline Reply refuse(const Reason& reason, unsigned number) {
    return {static_cast<core::StatusWord>(reason.sw | number), &reason};
}

} // namespace tongka::simulator
