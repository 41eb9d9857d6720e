// The card side of full purchases in process, and the same cryptography alone, on one core.
#include <benchmark/benchmark.h>

#include "core/crypto/mac.hpp"
#include "simulator/issuer/card_issuer.hpp"

namespace {

using namespace tongka;

// The card of standards.md 5.5.
constexpr const char* profile_text = R"(profile: benchmark
card:
  asn: "2144000000000001"
  city: "2144"
  start_date: "20260101"
  expiry_date: "20361231"
  security_code: "90800960A7F716C6B4"
  pin: "123456"
  keys: {DPK.01: "501EA976E900F47BF22A9B01364896D7", DTK: "00112233445566778899AABBCCDDEEFF"}
  ep: {balance: 16777215}
psam:
  serial: "21440000000000000001"
  terminal: "001122334455"
  keys: {}
)";

/// Random numbers that cost nothing: what is measured is the card.
class CountingRandom final : public core::Random {
public:
    void fill(std::span<core::Byte> bytes) override { core::write_big_endian(bytes, ++count_); }

private:
    std::uint64_t count_ = 0;
};

// INITIALIZE FOR PURCHASE and DEBIT FOR PURCHASE of nothing, so that neither balance nor counter ends the run; the
// terminal computes its MAC1 outside the clock.
const core::Bytes select_application{0x00, 0xA4, 0x04, 0x00, 0x09, 0xA0, 0x00,
                                     0x00, 0x00, 0x03, 0x86, 0x98, 0x07, 0x01};
const core::Bytes initialize{0x80, 0x50, 0x01, 0x02, 0x0B, 0x01, 0, 0, 0, 0, 0x00, 0x11, 0x22, 0x33, 0x44, 0x55, 0x0F};
const core::Bytes debit{0x80, 0x54, 0x01, 0x00, 0x0F, 0, 0, 0, 0x29, 0x20, 0x08,
                        0x10, 0x09, 0x14, 0x07, 0x59, 0, 0, 0, 0,    0x08};

constexpr unsigned batch = 1000;
constexpr unsigned counter_limit = 0xFFFF - 1;

core::Bytes mac1_for(const core::Cipher& key, core::BytesView init_answer) {
    std::array<core::Byte, 8> input{};
    std::ranges::copy(init_answer.subspan(11, 4), input.begin());
    std::ranges::copy(init_answer.subspan(4, 2), input.begin() + 4);
    input[7] = 0x29;
    const core::Key session = core::session_key(key, input);
    const auto mac = core::transaction_mac(session, {core::BytesView(initialize).subspan(6, 4), core::Bytes{0x06},
                                                     core::BytesView(initialize).subspan(10, 6),
                                                     core::BytesView(debit).subspan(9, 7)});
    return {mac.begin(), mac.end()};
}

/// A batch of purchases whose answers and MAC1 are known beforehand: a card with the same random numbers goes first.
void full_purchases(benchmark::State& state) {
    const auto profile = core::parse_profile(profile_text, "benchmark").value();
    const core::Cipher key(profile.card.keys.front().key);
    std::vector<core::Bytes> debits;
    {
        const auto issued = simulator::make_card(profile, std::make_unique<CountingRandom>()).value();
        simulator::Card& card = *issued;
        (void)card.power_on();
        (void)card.exchange(select_application);
        for (unsigned i = 0; i < counter_limit; ++i) {
            auto command = debit;
            std::ranges::copy(mac1_for(key, card.exchange(initialize)), command.begin() + 16);
            if (card.exchange(command).size() != 10)
                return state.SkipWithError("a purchase failed");
            debits.push_back(std::move(command));
        }
    }
    std::unique_ptr<simulator::Card> card;
    unsigned next = counter_limit;
    for (auto _ : state) {
        if (next + batch > counter_limit) {
            state.PauseTiming();
            card = simulator::make_card(profile, std::make_unique<CountingRandom>()).value();
            (void)card->power_on();
            (void)card->exchange(select_application);
            next = 0;
            state.ResumeTiming();
        }
        for (unsigned i = 0; i < batch; ++i) {
            benchmark::DoNotOptimize(card->exchange(initialize));
            if (card->exchange(debits[next++]).size() != 10)
                return state.SkipWithError("a purchase failed");
        }
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * batch);
}

/// What those purchases need of cryptography: a session key, MAC1 over 18 bytes, MAC2 over 4, TAC over 22.
void cryptography_alone(benchmark::State& state) {
    const auto profile = core::parse_profile(profile_text, "benchmark").value();
    const core::Cipher key(profile.card.keys.front().key);
    const core::Cipher tac(core::tac_key(profile.card.keys.back().key));
    std::array<core::Byte, 8> input{};
    core::Cipher session(core::session_key(key, input));
    std::array<core::Byte, 22> data{};
    std::uint64_t count = 0;
    for (auto _ : state)
        for (unsigned i = 0; i < batch; ++i) {
            core::write_big_endian(input, ++count);
            session.set_key(core::session_key(key, input));
            benchmark::DoNotOptimize(core::transaction_mac(session, core::BytesView(data).first(18)));
            benchmark::DoNotOptimize(core::transaction_mac(session, core::BytesView(data).first(4)));
            benchmark::DoNotOptimize(core::transaction_mac(tac, data));
        }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * batch);
}

BENCHMARK(full_purchases)->Unit(benchmark::kMillisecond);
BENCHMARK(cryptography_alone)->Unit(benchmark::kMillisecond);

} // namespace

BENCHMARK_MAIN();
