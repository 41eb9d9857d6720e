#include "scripts/benchmarks/bench_card.hpp"

#include "core/hex.hpp"

namespace tongka {

using namespace core::literals;

core::Profile bench_profile() {
    return core::load_profile(std::string(TONGKA_SOURCE_DIR) + "/testcases/profiles/city-union.yaml").value();
}

std::unique_ptr<simulator::Card> bench_card(const core::Profile& profile) {
    auto card = simulator::make_card(profile, std::make_unique<CountingRandom>()).value();
    (void)card->power_on();
    (void)card->exchange("00A4040009A00000000386980701"_hex);
    return card;
}

std::unique_ptr<simulator::Card> card_with_files(unsigned count) {
    auto profile = bench_profile();
    profile.card.memory = 1U << 21;
    auto card = simulator::make_card(profile, std::make_unique<CountingRandom>(), {}, simulator::Issue::blank).value();
    (void)card->power_on();
    (void)card->exchange("80E03F000D38FFFFF0F001FFFFFFFFFFFFFF"_hex);
    for (unsigned id = 1; id <= count; ++id)
        (void)card->exchange(core::concatenate(
            {core::Bytes{0x80, 0xE0, static_cast<core::Byte>(id >> 8), static_cast<core::Byte>(id), 0x07},
             "280010F0F0FFFF"_hex}));
    return card;
}

} // namespace tongka
