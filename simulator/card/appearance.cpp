#include "simulator/card/appearance.hpp"

namespace tongka::simulator {
namespace {

/// What PC/SC readers show for a contactless card (PC/SC part 3, 3.1.3.2.3.1): 3B 8n 80 01, the historical bytes of the
/// ATS, and a check byte over all but the first.
core::Bytes pseudo_atr(core::BytesView historical) {
    core::Bytes atr{0x3B, static_cast<core::Byte>(0x80 | historical.size()), 0x80, 0x01};
    core::append(atr, historical);
    core::Byte check = 0;
    for (core::Byte byte : core::BytesView(atr).subspan(1))
        check ^= byte;
    atr.push_back(check);
    return atr;
}

} // namespace

Appearance appearance_of(const core::CardProfile& profile) {
    const core::BytesView serial = profile.chip_serial;
    if (profile.interface != core::CardInterface::contact) {
        // Historical bytes of the ATS of FMCOS: COS version, maker, 00, chip serial (standards.md 2.2).
        core::Bytes historical{0x20, 0x90, 0x00};
        core::append(historical, serial);
        return {Interface::contactless, pseudo_atr(historical), core::to_bytes(serial.last(4))};
    }
    // 3B 6D 00 00 and 13 historical bytes: chip maker, COS, memory, card maker, serial (standards.md 2.1).
    core::Bytes atr{0x3B, 0x6D, 0x00, 0x00, 0x00, 0x81, 0x54, 0x4B, 0x01, 0x86, 0x60};
    core::append(atr, serial.last(6));
    return {Interface::contact, atr, {}};
}

} // namespace tongka::simulator
