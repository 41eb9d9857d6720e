#pragma once

#include "core/bytes.hpp"

namespace tongka::harness {

/// What an answer to reset says of itself (ISO/IEC 7816-3, 8.2).
struct AtrShape {
    enum class Form { whole, cut, too_long, wrong_check };
    Form form = Form::whole;
    bool offers_t0 = false;
    bool offers_t1 = false;
    bool contactless = false; ///< the pseudo-ATR of PC/SC part 3, 3.1.3.2.3.1: T=1 alone can be spoken
};

[[nodiscard]] AtrShape shape_of_atr(core::BytesView atr);

} // namespace tongka::harness
