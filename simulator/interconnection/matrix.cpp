#include "simulator/interconnection/matrix.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "simulator/interconnection/tap.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t blocks = 16;

/// In phase p, block b of the cards meets block b + p of the terminals: no two blocks of one phase share a device.
void tap_block(Network& network, MatrixRound& round, std::size_t block, std::size_t phase) {
    const std::size_t cities = round.cities;
    const std::size_t other = (block + phase) % blocks;
    for (std::size_t card = block * cities / blocks; card < (block + 1) * cities / blocks; ++card)
        for (std::size_t terminal = other * cities / blocks; terminal < (other + 1) * cities / blocks; ++terminal)
            round.outcomes[round.at(card, terminal)] =
                tap(network.card(card), network.terminal(terminal), {amount_of(card, terminal), round.date_time});
}

} // namespace

bool MatrixRound::as_planned(std::size_t pair) const {
    const Expectation& plan = expected[pair];
    return outcomes[pair].verdict == plan.verdict &&
           (plan.verdict != Verdict::accepted || outcomes[pair].key_index == plan.key_index);
}

std::array<std::size_t, verdict_count> MatrixRound::counts() const {
    std::array<std::size_t, verdict_count> counts{};
    for (const Outcome& outcome : outcomes)
        ++counts[static_cast<std::size_t>(outcome.verdict)];
    return counts;
}

std::size_t MatrixRound::accepted() const {
    return counts()[static_cast<std::size_t>(Verdict::accepted)];
}

std::size_t MatrixRound::unplanned() const {
    std::size_t count = 0;
    for (std::size_t pair = 0; pair < outcomes.size(); ++pair)
        count += as_planned(pair) ? 0 : 1;
    return count;
}

MatrixRound tap_all(Network& network, unsigned threads) {
    const NetworkPlan& plan = network.plan();
    MatrixRound round{.stage = network.stage(), .cities = plan.cities.size()};
    round.outcomes.resize(round.cities * round.cities);
    std::ranges::copy(date(round.stage), round.date_time.begin());
    round.date_time[4] = 0x12;
    for (std::size_t card = 0; card < round.cities; ++card) {
        round.cards.push_back(network.card(card).asn);
        round.terminals.push_back(network.terminal(card).number);
        for (std::size_t terminal = 0; terminal < round.cities; ++terminal)
            round.expected.push_back(expected(plan, round.stage, card, terminal));
    }
    for (std::size_t phase = 0; phase < blocks; ++phase) {
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            for (std::size_t block = next++; block < blocks; block = next++)
                tap_block(network, round, block, phase);
        };
        std::vector<std::jthread> others(std::max(threads, 1u) - 1);
        for (auto& other : others)
            other = std::jthread(work);
        work();
    }
    return round;
}

core::Result<std::vector<MatrixRound>> run_matrix(NetworkPlan plan, unsigned threads) {
    TONGKA_TRY(Network network, Network::make(std::move(plan)));
    std::vector<MatrixRound> rounds;
    for (const Stage stage : stages) {
        if (stage != Stage::before)
            TONGKA_CHECK(network.advance());
        rounds.push_back(tap_all(network, threads));
    }
    return rounds;
}

} // namespace tongka::simulator
