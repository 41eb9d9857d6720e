#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "core/text.hpp"

namespace tongka::core {

/// Points on which implementations differ, each settled by the profile (standards.md 9). Simulator and cases read the
/// same names; reports print the choices in force.
enum class Rule : std::uint8_t {
    completion_without_init,
    factor_order,
    insufficient_balance,
    interposed_command,
    load_needs_pin,
    load_tac_counter,
    log_counter,
    prove_counter,
    psam_purchase_before_authentication,
    purchase_init_overdraft,
    wrong_mac1,
    count_,
};

struct RuleInfo {
    Rule rule;
    std::string_view name;
    std::span<const std::string_view> choices; ///< the first is the default
    Text title;
    std::string_view source;
    std::string_view confidence; ///< of the default: verified, single-source or inferred
};

/// Every rule, in the order of `Rule`.
[[nodiscard]] std::span<const RuleInfo> rule_table();

/// The choices of one profile.
class Rules {
public:
    [[nodiscard]] std::string_view value(Rule rule) const {
        const auto index = static_cast<std::size_t>(rule);
        return rule_table()[index].choices[chosen_[index]];
    }
    [[nodiscard]] bool is(Rule rule, std::string_view choice) const { return value(rule) == choice; }

    /// An unknown name or choice is an Error that tells the nearest name or the choices there are.
    [[nodiscard]] Result<void> set(std::string_view name, std::string_view choice);

    /// The choice of the rule called `name`; an Error for an unknown name.
    [[nodiscard]] Result<std::string_view> value(std::string_view name) const;

private:
    std::array<std::uint8_t, static_cast<std::size_t>(Rule::count_)> chosen_{};
};

} // namespace tongka::core
