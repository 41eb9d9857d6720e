#pragma once

#include <bitset>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "core/text.hpp"

namespace tongka::simulator {

/// One deliberate fault of a simulated device. Where a rule is applied, one visible line asks whether it is left out.
enum class Deviation : std::uint8_t {
    balance_not_debited,
    challenge_repeated,
    debit_beyond_balance,
    init_survives_other_command,
    key_index_ignored,
    load_mac2_unchecked,
    log_counter_wrong,
    log_keeps_nine,
    offline_counter_stuck,
    online_counter_stuck,
    pin_tries_not_counted,
    prove_ignores_counter,
    purchase_mac1_unchecked,
    purchase_mac2_over_balance,
    tac_without_terminal,
    psam_authentication_skipped,
    psam_counter_stuck,
    psam_level_skipped,
    psam_mac2_unchecked,
    psam_version_ignored,
    count_,
};

struct DeviationInfo {
    Deviation deviation;
    std::string_view name;
    std::string_view device; ///< `card` or `psam`
    core::Text title;
};

/// Every deviation, in the order of `Deviation`.
[[nodiscard]] std::span<const DeviationInfo> deviation_table();

/// An unknown name is an Error that tells the nearest one.
[[nodiscard]] core::Result<Deviation> deviation_named(std::string_view name);

/// The faults of one device; none by default.
class Deviations {
public:
    void add(Deviation deviation) { set_.set(static_cast<std::size_t>(deviation)); }
    [[nodiscard]] bool has(Deviation deviation) const { return set_[static_cast<std::size_t>(deviation)]; }

private:
    std::bitset<static_cast<std::size_t>(Deviation::count_)> set_;
};

} // namespace tongka::simulator
