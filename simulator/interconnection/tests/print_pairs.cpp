// Prints a small network's roots and every tap that paid, as JSON, for test_pairs.py to compute again. The keys protect
// nothing: they come from a seed.
#include <cstring>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "simulator/interconnection/tests/small_network.hpp"

using namespace tongka;

namespace {

std::string root(simulator::Network& network, const core::KeyName& name) {
    return core::to_hex(network.national().release(name).value().bytes());
}

void print_round(simulator::Network& network, const simulator::MatrixRound& round, bool first) {
    bool begun = false;
    for (std::size_t card = 0; card < round.cities; ++card)
        for (std::size_t terminal = 0; terminal < round.cities; ++terminal) {
            const auto& outcome = round.outcomes[round.at(card, terminal)];
            if (!outcome.paid)
                continue;
            fmt::print("{}{{\"root\": \"{}\", \"asn\": \"{}\", \"random\": \"{}\", \"counter\": \"{:04X}\", "
                       "\"amount\": \"{:08X}\", \"terminal\": \"{}\", \"terminal_serial\": \"{}\", "
                       "\"date_time\": \"{}\", \"mac1\": \"{}\", \"mac2\": \"{}\", \"tac\": \"{}\"}}",
                       first && !begun ? "" : ",\n", root(network, {"DPK", outcome.key_index, outcome.key_version}),
                       core::to_hex(round.cards[card]), core::to_hex(outcome.random), outcome.counter, outcome.amount,
                       core::to_hex(round.terminals[terminal]), core::to_hex(outcome.terminal_serial),
                       core::to_hex(round.date_time), core::to_hex(outcome.mac1), core::to_hex(outcome.mac2),
                       core::to_hex(outcome.tac));
            begun = true;
        }
}

} // namespace

int main(int argc, char** argv) {
    const bool sm4 = argc > 1 && std::strcmp(argv[1], "sm4") == 0;
    auto network =
        simulator::Network::make(simulator::small_plan(2, sm4 ? core::Algorithm::sm4 : core::Algorithm::triple_des))
            .value();
    fmt::print("{{\"tac_root\": \"{}\", \"pairs\": [\n", root(network, {"DTK", 0, 1}));
    print_round(network, simulator::tap_all(network, 1), true);
    if (!network.advance())
        return 1;
    print_round(network, simulator::tap_all(network, 1), false);
    fmt::print("\n]}}\n");
}
