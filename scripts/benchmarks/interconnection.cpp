// The matrix of 86 cities in process: one round on one core, next to the bare cryptography of its cards and PSAMs; and
// all four rounds with everything around them, on all cores. Prints three times in seconds: the last round, its
// cryptography, the whole matrix.
#include <chrono>
#include <thread>

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "scripts/benchmarks/bench_card.hpp"
#include "simulator/interconnection/matrix.hpp"

namespace {

using namespace tongka;
using Seconds = std::chrono::duration<double>;

simulator::NetworkPlan nation() {
    const auto cities = simulator::example_cities();
    return {.cities = {cities.begin(), cities.end()},
            .profile = bench_profile(),
            .algorithm = core::Algorithm::triple_des,
            .seed = 1,
            .faults = {}};
}

template <typename Work>
double seconds_of(const Work& work) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    return Seconds(std::chrono::steady_clock::now() - begin).count();
}

/// What a card and a PSAM compute for one purchase. Card: session key, MAC1, MAC2, TAC, with its keys ready. PSAM: two
/// diversifications, session key, MAC1, MAC2, with the root ready.
void compute(std::size_t pairs) {
    const auto profile = bench_profile();
    const core::Cipher root(core::find_key(profile.psam.keys, "DPK", 1)->key);
    const core::Cipher tac(core::tac_key(core::find_key(profile.card.keys, "DTK", 0)->key));
    const std::array<core::Byte, 8> city{0x21, 0x44, 0xFF};
    core::Cipher of_city(core::diversify(root, city)), card(core::diversify(root, city));
    core::Cipher session(core::session_key(card, city));
    const std::array<core::Byte, 18> mac1_data{};
    const std::array<core::Byte, 22> tac_data{};
    const std::array<core::Byte, 4> amount{};
    std::array<core::Byte, 8> input{};
    for (std::size_t pair = 0; pair < pairs; ++pair) {
        core::write_big_endian(input, pair);
        of_city.set_key(core::diversify(root, city));
        card.set_key(core::diversify(of_city, input));
        for (int device = 0; device < 2; ++device) {
            session.set_key(core::session_key(card, input));
            benchmark::DoNotOptimize(core::transaction_mac(session, mac1_data));
            benchmark::DoNotOptimize(core::transaction_mac(session, amount));
        }
        benchmark::DoNotOptimize(core::transaction_mac(tac, tac_data));
    }
}

} // namespace

int main() {
    auto network = simulator::Network::make(nation()).value();
    (void)simulator::tap_all(network, 1); // whatever is set up once
    double round = 1e9, cryptography = 1e9;
    for (int i = 0; i < 7; ++i) {
        round = std::min(round, seconds_of([&] { benchmark::DoNotOptimize(simulator::tap_all(network, 1)); }));
        cryptography = std::min(cryptography, seconds_of([&] { compute(86 * 86); }));
    }
    const double whole = seconds_of(
        [] { benchmark::DoNotOptimize(simulator::run_matrix(nation(), std::thread::hardware_concurrency())); });
    fmt::print("{:.4f} {:.4f} {:.3f}\n", round, cryptography, whole);
}
