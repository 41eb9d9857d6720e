#pragma once

#include <array>
#include <string>

#include "core/bytes.hpp"
#include "core/text.hpp"

namespace tongka::simulator {

/// How a tap ended, in the order in which it can: first what the terminal checks, then the purchase, then what the
/// card's home city finds in it.
enum class Verdict : core::Byte {
    accepted,             ///< paid, and the home city finds MAC1, MAC2 and TAC right
    psam_out_of_date,     ///< the terminal's own PSAM (file 0017)
    card_out_of_date,     ///< file 0015
    not_interoperable,    ///< interop flag of file 0015
    not_on_white_list,    ///< the terminal does not know the card's city
    no_such_key,          ///< the card has no key of the index to pay with (9403)
    mac1_refused,         ///< by the card (9302): the PSAM's root is not that of the card
    mac2_refused,         ///< by the PSAM; the card has paid
    refused,              ///< at another step
    key_destroyed,        ///< paid with a generation that the home city has destroyed: nobody can check it
    mac_not_of_home_city, ///< card and PSAM agree on MAC1 and MAC2, the home city's keys give others
    tac_wrong,            ///< paid; the home city's key gives another TAC
    balance_wrong,        ///< the card does not have what its earlier purchases have left
};
inline constexpr std::size_t verdict_count = static_cast<std::size_t>(Verdict::balance_wrong) + 1;

struct VerdictInfo {
    std::string_view name; ///< `mac1-refused`
    core::Text title;
};
[[nodiscard]] const VerdictInfo& info(Verdict verdict);

/// One card at one terminal.
struct Outcome {
    Verdict verdict = Verdict::refused;
    core::Byte key_index = 0; ///< what the PSAM pays with; 0 where the purchase did not begin
    core::Byte key_version = 0;
    std::uint16_t counter = 0;
    std::uint32_t amount = 0; ///< in fen; what the card was asked for
    std::array<core::Byte, 4> random{};
    std::array<core::Byte, 4> terminal_serial{};
    std::array<core::Byte, 4> mac1{};
    std::array<core::Byte, 4> mac2{};
    std::array<core::Byte, 4> tac{};
    bool paid = false;    ///< the card has answered the debit
    std::string detail{}; ///< of `refused` and `mac2_refused`: the step and its answer
};

} // namespace tongka::simulator
