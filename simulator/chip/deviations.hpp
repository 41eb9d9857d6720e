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
    access_rights_ignored,
    authentication_unchecked,
    balance_limit_ignored,
    balance_not_debited,
    blocked_application_selected,
    challenge_lives_on,
    challenge_repeated,
    composite_record_lost,
    composite_update_at_once,
    counter_wraps,
    debit_beyond_balance,
    failed_purchase_counts,
    gmac_unchecked,
    init_survives_other_command,
    key_index_ignored,
    load_mac2_unchecked,
    load_without_pin,
    load_works_twice,
    lock_mac1_unchecked,
    lock_mac2_without_counter,
    lock_not_kept,
    lock_proof_always_clears,
    lock_session_one_step,
    locked_purse_pays,
    log_counter_wrong,
    log_keeps_nine,
    message_mac_unchecked,
    offline_counter_stuck,
    online_counter_stuck,
    online_unlock_mac2_unchecked,
    online_unlock_not_counted,
    overdraft_mac2_unchecked,
    pin_tries_not_counted,
    plain_write_accepted,
    proof_tac_first,
    prove_ignores_counter,
    purchase_mac1_unchecked,
    purchase_mac1_without_date,
    purchase_mac2_over_balance,
    security_state_survives_select,
    tac_without_terminal,
    tacuf_not_set,
    transaction_survives_reset,
    unload_mac2_unchecked,
    unlock_beyond_balance,
    unlock_errors_kept,
    unlock_ignores_counter,
    unlock_leaves_lock,
    unlock_not_counted,
    unlock_not_debited,
    unlock_not_logged,
    unlock_refusal_counts,
    unlock_tac_of_lock_terminal,
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
