#include "simulator/card/appearance.hpp"

#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;

core::Byte check_byte(core::BytesView bytes) {
    core::Byte check = 0;
    for (const core::Byte byte : bytes)
        check ^= byte;
    return check;
}

Appearance antenna(core::BytesView serial) {
    // COS version, maker, 00, serial (standards.md 2.2).
    const auto historical = core::concatenate({"209000"_hex, serial});
    return {Protocol::contactless, pseudo_atr(historical), core::to_bytes(serial.last(4))};
}

Appearance contacts(core::ContactProtocol chosen, core::BytesView serial) {
    // Chip maker 2, COS 2, memory 1, card maker 2, serial 6 (standards.md 2.1).
    const auto historical = core::concatenate({"0081544B018660"_hex, serial.last(6)});
    const auto protocol = chosen == core::ContactProtocol::t1 ? Protocol::t1 : Protocol::t0;
    return {protocol, contact_atr(protocol, historical), {}};
}

} // namespace

core::Bytes contact_atr(Protocol protocol, core::BytesView historical) {
    const auto count = static_cast<core::Byte>(historical.size());
    if (protocol == Protocol::t0)
        return core::concatenate({core::Bytes{0x3B, static_cast<core::Byte>(0x60 | count)}, "0000"_hex, historical});
    auto atr =
        core::concatenate({core::Bytes{0x3B, static_cast<core::Byte>(0xE0 | count)}, "00008131FE45"_hex, historical});
    atr.push_back(check_byte(core::BytesView(atr).subspan(1)));
    return atr;
}

core::Bytes pseudo_atr(core::BytesView historical) {
    auto atr = core::concatenate(
        {core::Bytes{0x3B, static_cast<core::Byte>(0x80 | historical.size())}, "8001"_hex, historical});
    atr.push_back(check_byte(core::BytesView(atr).subspan(1)));
    return atr;
}

std::vector<Appearance> faces_of(const core::CardProfile& profile) {
    std::vector<Appearance> faces;
    if (profile.interface != core::CardInterface::contact)
        faces.push_back(antenna(profile.chip_serial));
    if (profile.interface != core::CardInterface::contactless)
        faces.push_back(contacts(profile.protocol, profile.chip_serial));
    return faces;
}

} // namespace tongka::simulator
