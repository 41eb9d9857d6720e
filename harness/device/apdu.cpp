#include "harness/device/apdu.hpp"

#include <fmt/format.h>

namespace tongka::harness {
namespace {

constexpr core::Byte more_data = 0x61;
constexpr core::Byte wrong_le = 0x6C;
// A device that keeps offering more is broken; 64 KiB in pieces of one byte is no answer.
constexpr std::size_t most_tpdus = 300;

/// The TPDU of an APDU (ISO/IEC 7816-3, 12.2): without the Le of case 4.
core::BytesView as_tpdu(core::BytesView apdu) {
    const auto command = core::parse_command(apdu);
    if (command && command->iso_case() == 4 && !command->extended)
        return apdu.first(apdu.size() - 1);
    return apdu;
}

} // namespace

core::Result<core::Bytes> send_raw(Device& device, core::BytesView command, std::vector<Exchange>& tpdus) {
    tpdus.clear();
    tpdus.push_back({core::to_bytes(command), {}});
    TONGKA_TRY(tpdus.back().response, device.transmit(command));
    return tpdus.back().response;
}

core::Result<core::Bytes> send_apdu(Device& device, core::BytesView apdu, std::vector<Exchange>& tpdus) {
    if (device.identity().protocol != Protocol::t0)
        return send_raw(device, apdu, tpdus);

    core::Bytes data;
    core::Bytes tpdu = core::to_bytes(as_tpdu(apdu));
    tpdus.clear();
    while (tpdus.size() < most_tpdus) {
        tpdus.push_back({tpdu, {}});
        TONGKA_TRY(tpdus.back().response, device.transmit(tpdu));
        const core::Bytes& response = tpdus.back().response;
        TONGKA_TRY(const auto answer, core::parse_response(response));
        core::append(data, answer.data);
        const auto sw1 = static_cast<core::Byte>(answer.sw >> 8);
        const auto sw2 = static_cast<core::Byte>(answer.sw);
        if (sw1 == more_data) {
            tpdu = {static_cast<core::Byte>(tpdu[0] & 0x03), 0xC0, 0x00, 0x00, sw2};
        } else if (sw1 == wrong_le && tpdu.size() <= 5) {
            tpdu.resize(5);
            tpdu[4] = sw2;
        } else {
            core::append(data, core::BytesView(response).last(2));
            return data;
        }
    }
    return core::fail(fmt::format("the device went on offering data after {} exchanges", most_tpdus));
}

} // namespace tongka::harness
