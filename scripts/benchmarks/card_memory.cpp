// How much memory a card takes beside its files, with many of a city in one process, each having been used once.
//
//   card_memory COUNT        prints: bytes a card beyond its files, bytes of its files
#include <cstdlib>
#include <malloc.h>
#include <vector>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "scripts/benchmarks/bench_card.hpp"

using namespace tongka;
using namespace core::literals;

namespace {

/// Bytes given out by malloc; small objects and large alike.
std::size_t in_use() {
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

} // namespace

int main(int argc, char** argv) {
    const auto count = static_cast<std::size_t>(argc > 1 ? std::atoi(argv[1]) : 0);
    if (count == 0) {
        fmt::print(stderr, "usage: card_memory COUNT\n");
        return 2;
    }
    const auto profile = bench_profile();
    std::vector<std::unique_ptr<simulator::Card>> cards;
    cards.reserve(count);
    const std::size_t before = in_use();
    std::size_t files = 0;
    for (std::size_t i = 0; i < count; ++i) {
        auto card = bench_card(profile);
        // A purchase and a load make every cipher that a card keeps ready; their MACs are wrong, which costs the same.
        (void)card->exchange("805001020B010000000011223344556600"_hex);
        (void)card->exchange("805401000F0000002920261122120000AAAAAAAA08"_hex);
        (void)card->exchange("805000020B010000000011223344556600"_hex);
        (void)card->exchange("805200000B20261122120000AAAAAAAA04"_hex);
        card->power_off();
        files += card->memory().image().size();
        cards.push_back(std::move(card));
    }
    fmt::print("{} {}\n", (in_use() - before - files) / count, files / count);
}
