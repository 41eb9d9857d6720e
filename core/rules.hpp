#pragma once

#include <array>
#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "core/text.hpp"

namespace tongka::core {

/// Points on which implementations differ, each settled by the profile (standards.md 9). Simulator and cases read the
/// same names; reports print the choices in force. In the order of their names.
enum class Rule : std::uint8_t {
    balance_limit,
    blocked_select,
    challenge_length,
    city_factor_padding,
    completion_without_init,
    composite_file,
    composite_mac1_code,
    composite_state_only,
    composite_update,
    cross_city_log,
    enable_flag,
    encryption_padding,
    factor_order,
    fci_version,
    grey_lock_counter,
    insufficient_balance,
    interposed_command,
    load_log,
    load_needs_pin,
    load_tac_counter,
    locked_purchase,
    log_counter,
    m1_key_form,
    maintenance_algorithm,
    maintenance_algorithm_in_p1,
    maintenance_key_factor,
    maintenance_key_id,
    maintenance_key_levels,
    missing_secure_messaging,
    overdraft_balance,
    overdraft_tac_key,
    permanently_blocked_select,
    pin_unblock_key,
    pin_unblock_parameters,
    prove_counter,
    prove_load_mac,
    psam_purchase_before_authentication,
    purchase_debit_p1,
    purchase_init_overdraft,
    purchase_log,
    sam_unknown_key,
    secure_messaging_mac,
    tac_unread,
    unlock_type,
    write_key_forms,
    wrong_mac1,
    count_,
};

struct RuleInfo {
    Rule rule;
    std::string_view name;                     ///< the enumerator with hyphens
    std::span<const std::string_view> choices; ///< the first is the default
    Text title;
    std::string_view source;
    std::string_view confidence; ///< of the default: verified, single-source or inferred
};

/// Every rule, in the order of `Rule`.
[[nodiscard]] std::span<const RuleInfo> rule_table();

/// A choice as code names it. A literal becomes a number when it is compiled, so that asking for a rule inside a
/// purchase is one comparison of numbers.
class Choice {
public:
    template <std::size_t size>
    consteval Choice(const char (&text)[size]) : Choice(std::string_view(text, size - 1)) {}
    constexpr Choice(std::string_view text) {
        for (const char c : text) // FNV-1a; the choices of each rule are checked to differ by it
            mark_ = (mark_ ^ static_cast<unsigned char>(c)) * 0x0100'0193U;
    }
    [[nodiscard]] constexpr std::uint32_t mark() const { return mark_; }

private:
    std::uint32_t mark_ = 0x811C'9DC5;
};

/// The choices of one profile.
class Rules {
public:
    /// Every rule by its default.
    Rules();

    [[nodiscard]] std::string_view value(Rule rule) const {
        const auto index = static_cast<std::size_t>(rule);
        return rule_table()[index].choices[chosen_[index]];
    }

    /// Asking for a choice that the rule does not have is a bug.
    [[nodiscard]] bool is(Rule rule, Choice choice) const {
        assert(has_choice(rule, choice));
        return marks_[static_cast<std::size_t>(rule)] == choice.mark();
    }

    /// An unknown name or choice is an Error that tells the nearest name or the choices there are.
    [[nodiscard]] Result<void> set(std::string_view name, std::string_view choice);

    /// The choice of the rule called `name`; an Error for an unknown name.
    [[nodiscard]] Result<std::string_view> value(std::string_view name) const;

private:
    static constexpr auto count = static_cast<std::size_t>(Rule::count_);

    [[nodiscard]] static bool has_choice(Rule rule, Choice choice);

    std::array<std::uint8_t, count> chosen_{};
    std::array<std::uint32_t, count> marks_; ///< of the choices in force
};

} // namespace tongka::core
