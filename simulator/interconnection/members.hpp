#pragma once

#include <memory>
#include <optional>

#include "simulator/card/card.hpp"
#include "simulator/interconnection/home_keys.hpp"
#include "simulator/interconnection/plan.hpp"
#include "simulator/interconnection/terminal_checks.hpp"
#include "simulator/psam/psam.hpp"

namespace tongka::simulator {

/// A card of a city, and what the city knows of it.
struct MemberCard {
    std::array<core::Byte, 8> asn{};
    std::unique_ptr<Card> card;
    std::optional<HomeKeys> home;
    std::uint32_t balance = 0; ///< as it must be after the purchases so far
};

/// A terminal of a city, with its PSAM.
struct MemberTerminal {
    std::array<core::Byte, 6> number{};
    core::Profile profile; ///< what the PSAM was issued with; a renewal takes its own keys from here
    std::unique_ptr<Psam> psam;
    TerminalTables tables;
};

/// The faults of one city.
class CityFaults {
public:
    CityFaults(const NetworkPlan& plan, std::size_t city);
    [[nodiscard]] bool has(Fault fault) const;

private:
    std::vector<Fault> faults_;
};

/// Issues the city's card number `number` with the keys of `store`, and a full purse.
[[nodiscard]] core::Result<MemberCard> issue_member_card(const NetworkPlan& plan, std::size_t city,
                                                         core::KeyStore& store, unsigned number);

/// Issues the city's PSAM with the roots of `national`; the terminal reads the PSAM's dates and gets its white list,
/// the cities of the plan.
[[nodiscard]] core::Result<MemberTerminal> issue_member_terminal(const NetworkPlan& plan, std::size_t city,
                                                                 core::KeyStore& national);

} // namespace tongka::simulator
