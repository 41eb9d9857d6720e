// The PSAM side of a purchase with two levels in process, and the same cryptography alone, on one core.
#include <benchmark/benchmark.h>

#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "core/hex.hpp"
#include "scripts/benchmarks/bench_card.hpp"
#include "simulator/issuer/sam_issuer.hpp"

namespace {

using namespace tongka;
using namespace core::literals;
using core::Bytes;
using core::BytesView;

constexpr unsigned batch = 1000;

const Bytes accept_card = "80CA00000990800960A7F716C6B4"_hex;
const Bytes amount = "00000001"_hex;
const Bytes type = "06"_hex;
const Bytes moment = "20261122120000"_hex;
const Bytes city = "2144FF0000000000"_hex;

using Asn = std::array<core::Byte, 8>;

/// Another card in each purchase, as at a gate: what is derived by city may stand ready, what is derived by card not.
Asn asn_of(std::uint64_t number) {
    Asn asn{0x21, 0x44};
    core::write_big_endian(std::span(asn).subspan(2), number);
    return asn;
}

Bytes init_for(std::uint64_t number) {
    return core::concatenate(
        {"8070000024"_hex, "47800CF70006"_hex, amount, type, moment, "0100"_hex, asn_of(number), city});
}

std::array<core::Byte, 8> session_input(std::uint64_t serial) {
    std::array<core::Byte, 8> input{0x47, 0x80, 0x0C, 0xF7, 0x00, 0x06};
    core::write_big_endian(std::span(input).last(2), serial & 0xFFFF);
    return input;
}

/// 80CA, 8070 with its GET RESPONSE, 8072; every MAC2 is right.
void whole_psam_purchase(benchmark::State& state) {
    auto profile = bench_profile();
    const auto psam = simulator::make_psam(profile, std::make_unique<CountingRandom>()).value();
    (void)psam->power_on();
    (void)psam->exchange("00A40000021001"_hex);
    const auto& master = core::find_key(profile.psam.keys, "DPK", 1)->key;
    const core::Cipher of_city(core::diversify(core::Cipher(master), BytesView(city).first<8>()));
    const Bytes get_response = "00C0000008"_hex;
    std::vector<Bytes> inits(batch), credits(batch);
    std::uint64_t serial = 0;
    for (auto _ : state) {
        state.PauseTiming();
        for (unsigned i = 0; i < batch; ++i) {
            inits[i] = init_for(serial + i);
            const core::Key card = core::diversify(of_city, asn_of(serial + i));
            const auto mac2 = core::transaction_mac(core::session_key(card, session_input(serial + i)), amount);
            credits[i] = core::concatenate({"8072000004"_hex, mac2});
        }
        state.ResumeTiming();
        for (unsigned i = 0; i < batch; ++i) {
            (void)psam->exchange(accept_card);
            (void)psam->exchange(inits[i]);
            benchmark::DoNotOptimize(psam->exchange(get_response));
            const auto answer = psam->exchange(credits[i]);
            if (answer.size() != 2 || answer[0] != 0x90)
                return state.SkipWithError("a purchase failed");
        }
        serial += batch;
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * batch);
}

/// Two diversifications, session key, MAC1 over 18 bytes, MAC2 over 4; the master stands ready, the others are set up.
void cryptography_of_a_psam_purchase(benchmark::State& state) {
    const auto profile = bench_profile();
    const core::Cipher master(core::find_key(profile.psam.keys, "DPK", 1)->key);
    core::Cipher of_city(core::find_key(profile.psam.keys, "DPK", 1)->key);
    core::Cipher card(core::find_key(profile.psam.keys, "DPK", 1)->key);
    core::Cipher session(core::session_key(master, session_input(0)));
    const std::array<core::Byte, 18> data{};
    std::uint64_t serial = 0;
    for (auto _ : state)
        for (unsigned i = 0; i < batch; ++i, ++serial) {
            of_city.set_key(core::diversify(master, BytesView(city).first<8>()));
            card.set_key(core::diversify(of_city, asn_of(serial)));
            session.set_key(core::session_key(card, session_input(serial)));
            benchmark::DoNotOptimize(core::transaction_mac(session, data));
            benchmark::DoNotOptimize(core::transaction_mac(session, amount));
        }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * batch);
}

BENCHMARK(whole_psam_purchase)->Unit(benchmark::kMillisecond);
BENCHMARK(cryptography_of_a_psam_purchase)->Unit(benchmark::kMillisecond);

} // namespace
