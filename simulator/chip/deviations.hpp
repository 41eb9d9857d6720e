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
    application_block_without_effect,
    authentication_sets_no_state,
    authentication_tries_not_reset,
    authentication_try_not_counted,
    authentication_unchecked,
    balance_limit_ignored,
    balance_not_debited,
    balance_of_other_purse,
    binary_offset_ignored,
    binary_short_id_not_selected,
    blocked_application_selected,
    blocked_application_works,
    challenge_cut,
    challenge_lives_on,
    challenge_repeated,
    composite_cache_survives,
    composite_length_unchecked,
    composite_logged_as_purchase,
    composite_only_last_written,
    composite_record_apart,
    composite_record_lost,
    composite_stages_when_idle,
    composite_tac_of_purchase,
    composite_tag_unchecked,
    composite_update_at_once,
    counter_wraps,
    cross_city_logged_twice,
    debit_beyond_balance,
    failed_purchase_counts,
    failed_select_leaves_application,
    fci_without_public_data,
    gmac_unchecked,
    init_survives_other_command,
    initialize_forgets_proof,
    internal_authentication_enciphers,
    key_index_ignored,
    load_counts_offline,
    load_logged_elsewhere,
    load_mac1_without_balance,
    load_mac2_unchecked,
    load_reaches_no_limit,
    load_tac_over_old_balance,
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
    log_oldest_first,
    log_written_apart,
    mac1_half_compared,
    master_file_open,
    message_mac_from_zero,
    message_mac_half_compared,
    message_mac_unchecked,
    message_mac_without_header,
    message_tries_not_reset,
    offline_counter_stuck,
    online_counter_stuck,
    online_unlock_mac2_unchecked,
    online_unlock_not_counted,
    overdraft_below_zero,
    overdraft_limit_apart,
    overdraft_mac2_unchecked,
    partial_name_unknown,
    pin_change_unchecked,
    pin_half_compared,
    pin_reload_keeps_tries,
    pin_reload_mac_unchecked,
    pin_tries_not_counted,
    pin_tries_not_reset,
    pin_unblock_keeps_tries,
    plain_write_accepted,
    proof_given_once,
    proof_tac_first,
    proof_written_apart,
    protected_answer_without_mac,
    prove_ignores_counter,
    prove_ignores_type,
    purchase_forgets_load,
    purchase_mac1_unchecked,
    purchase_mac1_without_date,
    purchase_mac2_over_balance,
    purchase_of_nothing_refused,
    purchase_of_nothing_unproved,
    purchase_of_whole_balance_refused,
    purchase_signed_amount,
    read_beyond_end_cut,
    record_missing_newest,
    record_next_stays,
    record_padded,
    record_pointer_survives_select,
    refused_debit_forgets_proof,
    security_state_survives_select,
    select_next_finds_first,
    session_counter_reversed,
    session_terminal_serial_left,
    session_without_counter,
    tac_key_not_folded,
    tac_of_small_amounts,
    tac_without_date,
    tac_without_terminal,
    tacuf_not_set,
    transaction_survives_reset,
    unblock_mac_unchecked,
    unblock_without_effect,
    unload_beyond_balance,
    unload_mac2_unchecked,
    unload_mac3_with_tac_key,
    unlock_beyond_balance,
    unlock_errors_kept,
    unlock_errors_never_block,
    unlock_ignores_counter,
    unlock_leaves_lock,
    unlock_not_counted,
    unlock_not_debited,
    unlock_not_logged,
    unlock_refusal_counts,
    unlock_tac_of_lock_terminal,
    wrong_pin_opens,
    isam_counter_stuck,
    isam_limit_not_counted,
    isam_log_in_not_needed,
    isam_log_in_unchecked,
    isam_time_limit_ignored,
    psam_authentication_lasts,
    psam_authentication_skipped,
    psam_counter_stuck,
    psam_errors_never_block,
    psam_errors_not_counted,
    psam_errors_not_reset,
    psam_gmac_before_mac2,
    psam_gmac_of_any_amount,
    psam_gmac_of_any_card,
    psam_level_skipped,
    psam_mac1_of_small_amounts,
    psam_mac1_without_terminal,
    psam_mac2_again,
    psam_mac2_half_compared,
    psam_mac2_unchecked,
    psam_mifare_code_unchecked,
    psam_mifare_one_key,
    psam_unblock_keeps_errors,
    psam_version_ignored,
    sam_decryption_enciphers,
    sam_factor_skipped,
    sam_initial_value_ignored,
    sam_key_kept,
    sam_key_moves_counter,
    sam_key_not_folded,
    sam_levels_ignored,
    sam_plain_key_accepted,
    sam_purpose_ignored,
    count_,
};

struct DeviationInfo {
    Deviation deviation;
    std::string_view name;
    std::string_view device; ///< `card`, `psam` or `isam`
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
