#include "harness/device/identify.hpp"

#include "core/hex.hpp"
#include "harness/device/apdu.hpp"

namespace tongka::harness {
namespace {

using namespace core::literals;

/// The answer's data, if there are `size` bytes and all is well.
core::Bytes ask(Device& device, core::BytesView command, std::size_t size) {
    std::vector<Exchange> tpdus;
    const auto answer = send_apdu(device, command, tpdus);
    if (!answer)
        return {};
    const auto response = core::parse_response(*answer);
    if (!response || response->sw != 0x9000 || (size != 0 && response->data.size() != size))
        return {};
    return core::to_bytes(*answer);
}

} // namespace

core::Bytes read_number(Device& device) {
    if (!ask(device, "00A4040009A0000000038698070100"_hex, 0).empty()) {
        auto asn = ask(device, "00B0950C08"_hex, 8); // standards.md 3.3: file 0015, offset 12
        asn.resize(asn.empty() ? 0 : 8);
        return asn;
    }
    if (ask(device, "00A40000023F0000"_hex, 0).empty())
        return {};
    auto serial = ask(device, "00B095000A"_hex, 10); // standards.md 3.4: MF 0015, offset 0
    serial.resize(serial.empty() ? 0 : 10);
    return serial;
}

} // namespace tongka::harness
