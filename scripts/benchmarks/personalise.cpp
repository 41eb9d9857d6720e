// Personalising a city: so many cards, each with keys of its own, and as many PSAMs, through APDUs in one process. The
// cards are kept.
//
//   personalise COUNT      prints: seconds of the first half and of the second; bytes a kept card of the first half and
//                          of the second; bytes that are left once the cards are gone
#include <chrono>
#include <cstdlib>
#include <malloc.h>
#include <vector>

#include <fmt/format.h>

#include "core/profile/keys.hpp"
#include "scripts/benchmarks/bench_card.hpp"
#include "simulator/issuer/sam_issuer.hpp"

using namespace tongka;

namespace {

using Clock = std::chrono::steady_clock;
using Seconds = std::chrono::duration<double>;

/// Bytes given out by malloc; small objects and large alike.
std::size_t in_use() {
    const auto info = ::mallinfo2();
    return info.uordblks + info.hblkhd;
}

class City {
public:
    explicit City(std::size_t count) { cards_.reserve(count); }

    void issue(std::size_t number) {
        core::Profile profile = whole_;
        core::write_big_endian(std::span(profile.card.asn).last(4), number);
        core::write_big_endian(std::span(profile.psam.serial).last(4), number);
        // The profile's keys serve as masters once more: the same work for each card.
        core::derive_card_keys(profile.card.keys, profile.card, profile.rules);
        cards_.push_back(simulator::make_card(profile, std::make_unique<CountingRandom>()).value());
        (void)simulator::make_psam(profile, std::make_unique<CountingRandom>()).value();
    }
    void forget() { cards_.clear(); }

private:
    const core::Profile whole_ = bench_profile();
    std::vector<std::unique_ptr<simulator::Card>> cards_;
};

} // namespace

int main(int argc, char** argv) {
    const auto half = static_cast<std::size_t>(argc > 1 ? std::atoi(argv[1]) : 0) / 2;
    if (half == 0) {
        fmt::print(stderr, "usage: personalise COUNT\n");
        return 2;
    }
    City city(2 * half);
    city.issue(0); // whatever is set up once
    city.forget();
    const std::size_t before = in_use();
    double seconds[2];
    std::size_t bytes[2];
    for (std::size_t part : {0, 1}) {
        const std::size_t held = in_use();
        const auto begin = Clock::now();
        for (std::size_t i = 0; i < half; ++i)
            city.issue(part * half + i);
        seconds[part] = Seconds(Clock::now() - begin).count();
        bytes[part] = (in_use() - held) / half;
    }
    city.forget();
    fmt::print("{:.3f} {:.3f} {} {} {}\n", seconds[0], seconds[1], bytes[0], bytes[1],
               static_cast<std::ptrdiff_t>(in_use() - before));
}
