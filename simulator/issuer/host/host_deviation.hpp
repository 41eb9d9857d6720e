#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "core/text.hpp"

namespace tongka::simulator {

/// One deliberate fault of the simulated host. Where a rule is applied, one visible line asks whether it is left out.
enum class HostDeviation : std::uint8_t {
    inquiry_finds_nothing,
    late_message_taken,
    limit_granted_again,
    limit_ignored,
    limit_opened_again,
    log_in_of_any_terminal,
    log_in_without_random,
    log_out_of_any_batch,
    log_out_sums_unchecked,
    log_out_without_closing,
    mac1_unchecked,
    message_mac_half_compared,
    message_mac_unchecked,
    other_content_executed,
    refund_without_evidence,
    repeat_executed_again,
    reply_amount_changed,
    reply_mac_missing,
    reply_not_bound,
    sequence_not_kept,
    tac_unchecked,
    unknown_terminal_served,
    wrong_response_code,
    count_,
};

struct HostDeviationInfo {
    HostDeviation deviation;
    std::string_view name;
    core::Text title;
};

/// Every deviation, in the order of `HostDeviation`.
[[nodiscard]] std::span<const HostDeviationInfo> host_deviation_table();

/// An unknown name is an Error that tells the nearest one.
[[nodiscard]] core::Result<HostDeviation> host_deviation_named(std::string_view name);

/// The faults of one host; none by default.
class HostDeviations {
public:
    void add(HostDeviation deviation) { set_.set(static_cast<std::size_t>(deviation)); }
    [[nodiscard]] bool has(HostDeviation deviation) const { return set_[static_cast<std::size_t>(deviation)]; }

private:
    std::bitset<static_cast<std::size_t>(HostDeviation::count_)> set_;
};

} // namespace tongka::simulator
