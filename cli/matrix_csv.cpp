#include <fmt/format.h>
#include <fmt/ostream.h>

#include "cli/matrix_output.hpp"
#include "core/hex.hpp"

namespace tongka::cli {

using core::to_hex;

void write_csv(std::ostream& out, const simulator::NetworkPlan& plan, const simulator::MatrixRound& round) {
    out << "card_city,card_city_name,asn,terminal_city,terminal_city_name,terminal,expected,result,as_planned,"
           "key_index,amount,counter,terminal_serial,date_time,mac1,mac2,tac,detail\n";
    for (std::size_t card = 0; card < round.cities; ++card)
        for (std::size_t terminal = 0; terminal < round.cities; ++terminal) {
            const std::size_t pair = round.at(card, terminal);
            const auto& outcome = round.outcomes[pair];
            const auto& home = plan.cities[card];
            const auto& away = plan.cities[terminal];
            fmt::print(out, "{},{},{},{},{},{},{},{},{},", code_of(home), home.name.en, to_hex(round.cards[card]),
                       code_of(away), away.name.en, to_hex(round.terminals[terminal]),
                       info(round.expected[pair].verdict).name, info(outcome.verdict).name,
                       round.as_planned(pair) ? "yes" : "no");
            if (outcome.key_index != 0)
                fmt::print(out, "{:02X}", outcome.key_index);
            if (outcome.paid)
                fmt::print(out, ",{},{},{},{},{},{},{}", outcome.amount, outcome.counter,
                           to_hex(outcome.terminal_serial), to_hex(round.date_time), to_hex(outcome.mac1),
                           to_hex(outcome.mac2), to_hex(outcome.tac));
            else
                fmt::print(out, ",,,,,,,");
            fmt::print(out, ",{}\n", outcome.detail);
        }
}

} // namespace tongka::cli
