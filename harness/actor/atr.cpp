#include "harness/actor/atr.hpp"

#include <bit>

namespace tongka::harness {

AtrShape shape_of_atr(core::BytesView atr) {
    AtrShape shape;
    const auto cut = [&] {
        shape.form = AtrShape::Form::cut;
        return shape;
    };
    if (atr.size() < 2)
        return cut();
    const std::size_t historical = atr[1] & 0x0FU;
    unsigned follow = atr[1] >> 4;
    std::size_t at = 2;
    bool told = false; // a TD says what is offered; without one it is T=0
    bool checked = false;
    while (follow != 0) {
        const bool more = (follow & 8U) != 0;
        at += static_cast<std::size_t>(std::popcount(follow));
        if (at > atr.size())
            return cut();
        if (!more)
            break;
        const auto td = atr[at - 1];
        const unsigned protocol = td & 0x0FU;
        shape.offers_t0 |= protocol == 0;
        shape.offers_t1 |= protocol == 1;
        checked |= protocol != 0;
        told = true;
        follow = td >> 4;
    }
    shape.offers_t0 |= !told;
    shape.contactless = atr.size() > 4 && (atr[1] & 0xF0U) == 0x80 && atr[2] == 0x80 && atr[3] == 0x01;
    const auto size = at + historical + (checked ? 1 : 0);
    if (atr.size() < size)
        return cut();
    if (atr.size() > size)
        shape.form = AtrShape::Form::too_long;
    core::Byte sum = 0;
    for (const auto byte : atr.subspan(1))
        sum ^= byte;
    if (shape.form == AtrShape::Form::whole && checked && sum != 0)
        shape.form = AtrShape::Form::wrong_check;
    return shape;
}

} // namespace tongka::harness
