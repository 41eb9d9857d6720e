#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/profile/profile.hpp"
#include "simulator/interconnection/city.hpp"
#include "simulator/interconnection/outcome.hpp"

namespace tongka::simulator {

/// Where the change from key generation 1 to 2 stands (docs/keys.md), one round of taps each.
enum class Stage : core::Byte {
    before,  ///< generation 1 alone
    rolling, ///< the centre and the cities have changed, and every other PSAM was renewed
    renewed, ///< every PSAM was renewed
    retired, ///< generation 1 is destroyed, and written over in the PSAMs; every other city has issued a new card
};
inline constexpr std::array stages{Stage::before, Stage::rolling, Stage::renewed, Stage::retired};

[[nodiscard]] core::Text title(Stage stage);
/// When the cards are tapped, BCD YYYYMMDD; the hour is the same for all.
[[nodiscard]] std::array<core::Byte, 4> date(Stage stage);

/// What may be planted in the network, each in one city.
enum class Fault : core::Byte { wrong_root, not_renewed, expired_psam, expired_card, missing_in_white_list, wrong_tac };

struct FaultInfo {
    Fault fault;
    std::string_view name; ///< `wrong-root`
    core::Text title;
};
[[nodiscard]] std::span<const FaultInfo> fault_table();
[[nodiscard]] const FaultInfo& info(Fault fault);

struct PlantedFault {
    Fault fault;
    std::size_t city; ///< its place in the plan
};

struct NetworkPlan {
    std::vector<City> cities;
    /// Rules of every device. Its keys are not used; cards have the layout of core/profile/city_layout.hpp.
    core::Profile profile;
    core::Algorithm algorithm = core::Algorithm::triple_des;
    std::uint64_t seed = 1; ///< of all keys and random numbers, which serve this one network alone
    std::vector<PlantedFault> faults;
};

/// Whether the PSAM of this city has changed to generation 2 at this stage.
[[nodiscard]] constexpr bool is_renewed(std::size_t city, Stage stage) {
    return stage >= Stage::renewed || (stage == Stage::rolling && city % 2 == 0);
}
/// Whether the city taps with a card that was issued after generation 1 was destroyed.
[[nodiscard]] constexpr bool has_new_card(std::size_t city, Stage stage) {
    return stage == Stage::retired && city % 2 == 1;
}

/// The city whose card is missing in the white list of `terminal_city` under Fault::missing_in_white_list: the next
/// one.
[[nodiscard]] constexpr std::size_t left_out(std::size_t terminal_city, std::size_t cities) {
    return (terminal_city + 1) % cities;
}

/// What should come of a tap, if nothing is wrong.
struct Expectation {
    Verdict verdict;
    core::Byte key_index; ///< 0 where the verdict is not `accepted`
};
[[nodiscard]] Expectation expected(const NetworkPlan& plan, Stage stage, std::size_t card_city,
                                   std::size_t terminal_city);

} // namespace tongka::simulator
