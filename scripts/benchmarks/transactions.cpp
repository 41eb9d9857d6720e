// The card side of whole transactions in process, and the same cryptography alone, on one core.
#include <benchmark/benchmark.h>

#include "core/crypto/mac.hpp"
#include "core/hex.hpp"
#include "scripts/benchmarks/bench_card.hpp"

namespace {

using namespace tongka;
using namespace core::literals;
using core::Bytes;
using core::BytesView;

constexpr unsigned batch = 1000;
constexpr unsigned counter_limit = 0xFFFF - 1;

/// One transaction: its commands, of which the last carries a MAC that depends on the first one's answer. Amounts are
/// 0, so that neither balance nor limit ends the run.
struct Transaction {
    std::vector<Bytes> commands;
    std::string key;                        ///< DPK or DLK
    std::size_t random_offset;              ///< in the first answer; the counter stands at 4
    std::array<core::Byte, 2> session_tail; ///< behind random number and counter
    Bytes mac_input;                        ///< what the MAC of the last command covers
    std::size_t mac_offset;                 ///< in the last command
    std::size_t answer_size;                ///< of the last command
};

const Bytes date_time = "20261122120000"_hex;
const Bytes terminal = "112233445566"_hex;

Transaction offline(core::Byte p1, core::Byte type, std::vector<Bytes> between) {
    std::vector<Bytes> commands{
        core::concatenate({Bytes{0x80, 0x50, p1, 0x02, 0x0B}, "0100000000"_hex, terminal, Bytes{0x0F}})};
    for (auto& command : between)
        commands.push_back(std::move(command));
    commands.push_back(core::concatenate({"805401000F00000029"_hex, date_time, "0000000008"_hex}));
    return {.commands = std::move(commands),
            .key = "DPK",
            .random_offset = 11,
            .session_tail = {0x00, 0x29},
            .mac_input = core::concatenate({"00000000"_hex, Bytes{type}, terminal, date_time}),
            .mac_offset = 16,
            .answer_size = 10};
}

Transaction purchase() {
    return offline(0x01, 0x06, {});
}
Transaction composite() {
    return offline(0x03, 0x09, {core::concatenate({"80DC01B830012E"_hex, Bytes(46)})});
}
Transaction load() {
    return {.commands = {core::concatenate({"805000020B0100000000"_hex, terminal, Bytes{0x10}}),
                         core::concatenate({"805200000B"_hex, date_time, "0000000004"_hex})},
            .key = "DLK",
            .random_offset = 8,
            .session_tail = {0x80, 0x00},
            .mac_input = core::concatenate({"0000000002"_hex, terminal, date_time}),
            .mac_offset = 12,
            .answer_size = 6};
}

/// A batch of transactions whose last commands are known beforehand: a card with the same random numbers goes first.
void whole(benchmark::State& state, const Transaction& transaction) {
    const auto profile = bench_profile();
    const core::Cipher key(core::find_key(profile.card.keys, transaction.key, 1)->key);
    std::vector<Bytes> last;
    auto card = bench_card(profile);
    for (unsigned i = 0; i < counter_limit; ++i) {
        const Bytes first = core::to_bytes(card->exchange(transaction.commands.front()));
        for (std::size_t step = 1; step + 1 < transaction.commands.size(); ++step)
            (void)card->exchange(transaction.commands[step]);
        std::array<core::Byte, 8> input{};
        std::ranges::copy(BytesView(first).subspan(transaction.random_offset, 4), input.begin());
        std::ranges::copy(BytesView(first).subspan(4, 2), input.begin() + 4);
        std::ranges::copy(transaction.session_tail, input.begin() + 6);
        auto command = transaction.commands.back();
        std::ranges::copy(core::transaction_mac(core::session_key(key, input), transaction.mac_input),
                          command.begin() + static_cast<std::ptrdiff_t>(transaction.mac_offset));
        if (card->exchange(command).size() != transaction.answer_size)
            return state.SkipWithError("a transaction failed");
        last.push_back(std::move(command));
    }
    unsigned next = counter_limit;
    for (auto _ : state) {
        if (next + batch > counter_limit) {
            state.PauseTiming();
            card = bench_card(profile);
            next = 0;
            state.ResumeTiming();
        }
        for (unsigned i = 0; i < batch; ++i) {
            for (std::size_t step = 0; step + 1 < transaction.commands.size(); ++step)
                benchmark::DoNotOptimize(card->exchange(transaction.commands[step]));
            if (card->exchange(last[next++]).size() != transaction.answer_size)
                return state.SkipWithError("a transaction failed");
        }
    }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * batch);
}

/// What such transactions need of cryptography: a session key, and MACs over so many bytes: two under it, one of the
/// TAC.
void cryptography(benchmark::State& state, std::size_t first, std::size_t second, std::size_t third) {
    const auto profile = bench_profile();
    const core::Cipher key(core::find_key(profile.card.keys, "DPK", 1)->key);
    const core::Cipher tac(core::tac_key(core::find_key(profile.card.keys, "DTK", 0)->key));
    std::array<core::Byte, 8> input{};
    core::Cipher session(core::session_key(key, input));
    const std::array<core::Byte, 24> data{};
    std::uint64_t count = 0;
    for (auto _ : state)
        for (unsigned i = 0; i < batch; ++i) {
            core::write_big_endian(input, ++count);
            session.set_key(core::session_key(key, input));
            benchmark::DoNotOptimize(core::transaction_mac(session, BytesView(data).first(first)));
            benchmark::DoNotOptimize(core::transaction_mac(session, BytesView(data).first(second)));
            benchmark::DoNotOptimize(core::transaction_mac(tac, BytesView(data).first(third)));
        }
    state.SetItemsProcessed(static_cast<std::int64_t>(state.iterations()) * batch);
}

// A load makes its session key twice: for MAC1, and again for MAC2, since the card keeps none between commands.
void cryptography_of_a_load(benchmark::State& state) {
    cryptography(state, 15, 18, 24);
}
void cryptography_of_a_purchase(benchmark::State& state) {
    cryptography(state, 18, 4, 22);
}

/// SELECT and READ BINARY of one file among so many in a directory.
void file_among(benchmark::State& state) {
    const auto count = static_cast<unsigned>(state.range(0));
    const auto card = card_with_files(count);
    const auto id = static_cast<core::Byte>(count / 2 & 0xFF);
    const Bytes select{0x00, 0xA4, 0x00, 0x00, 0x02, static_cast<core::Byte>(count / 2 >> 8), id};
    const Bytes read = "00B0000004"_hex;
    for (auto _ : state) {
        if (card->exchange(select).size() != 2 || card->exchange(read).size() != 6)
            return state.SkipWithError("a file was not found");
    }
}

BENCHMARK_CAPTURE(whole, purchase, purchase())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(whole, composite, composite())->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(whole, load, load())->Unit(benchmark::kMillisecond);
BENCHMARK(cryptography_of_a_purchase)->Unit(benchmark::kMillisecond);
BENCHMARK(cryptography_of_a_load)->Unit(benchmark::kMillisecond);
BENCHMARK(file_among)->Arg(10)->Arg(100)->Arg(1000)->Arg(10000);

} // namespace

BENCHMARK_MAIN();
