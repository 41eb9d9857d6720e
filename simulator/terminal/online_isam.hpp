#pragma once

#include "simulator/issuer/service/isam_limit.hpp"
#include "simulator/terminal/ask.hpp"
#include "simulator/terminal/online_line.hpp"

namespace tongka::simulator {

/// Who logs in; public fields whose meaning is the operator's own (clauses.md F).
struct IsamOperator {
    std::array<core::Byte, 4> unit{}; ///< city 2, industry 2
    std::array<core::Byte, 8> number{};
};

/// A load SAM that may load until its limit is used up or over.
struct IsamLogIn {
    std::array<core::Byte, 8> isam{};
    std::array<core::Byte, 4> settle_date{};
    std::uint32_t granted = 0; ///< what the host has on hold, in fen
    IsamLimit limit;           ///< as it stands in the SAM
};

struct IsamLogOut {
    std::array<core::Byte, 8> isam{};
    std::uint32_t batch = 0;
    std::uint32_t load_count = 0;
    std::uint32_t load_amount = 0; ///< in fen; the host has the rest back
};

/// Logs the load SAM behind the line in (签到): cryptogram, then the limit, unless that of this batch stands in the SAM
/// already, from a log-in that was cut off. An Error names the step; to do it again is safe.
[[nodiscard]] core::Result<IsamLogIn> isam_log_in(const Transmit& isam, OnlineLine& host, const IsamOperator& who);

/// Logs it out (签退): closes the limit in the SAM, then tells the sums. `deposits` is what was taken for cards, in
/// fen. An Error names the step; to do it again is safe. None where the SAM was logged out before.
[[nodiscard]] core::Result<std::optional<IsamLogOut>> isam_log_out(const Transmit& isam, OnlineLine& host,
                                                                   const IsamOperator& who, std::uint32_t deposits);

} // namespace tongka::simulator
