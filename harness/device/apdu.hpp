#pragma once

#include <vector>

#include "core/apdu.hpp"
#include "harness/device/device.hpp"

namespace tongka::harness {

/// One command as it went over the transport, and its answer.
struct Exchange {
    core::Bytes command;
    core::Bytes response;
};

/// Sends an APDU. On T=0 the Le of case 4 is dropped, 61xx is followed with GET RESPONSE and 6Cxx with the right Le;
/// other transports take it as it is. `tpdus` receives every exchange (cleared first); the result is the whole answer.
[[nodiscard]] core::Result<core::Bytes> send_apdu(Device& device, core::BytesView command,
                                                  std::vector<Exchange>& tpdus);

/// Sends the bytes as they are, and follows nothing.
[[nodiscard]] core::Result<core::Bytes> send_raw(Device& device, core::BytesView command, std::vector<Exchange>& tpdus);

} // namespace tongka::harness
