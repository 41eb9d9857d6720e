#include <filesystem>

#include "simulator/terminal/tests/terminal_bench.hpp"

// Wherever a transaction is cut off, money and records agree once the card has come again.
namespace tongka::simulator {
namespace {

using State = TerminalRecord::State;

struct Flow {
    const char* name;
    void (*prepare)(TerminalBench&);
    TerminalOutcome (*run)(TerminalBench&);
};

const Flow flows[] = {
    {"purchase", [](TerminalBench&) {}, [](TerminalBench& bench) { return bench.pay(); }},
    {"entry", [](TerminalBench&) {}, [](TerminalBench& bench) { return bench.tap_in(); }},
    {"exit", [](TerminalBench& bench) { expect_accepted(bench.tap_in()); },
     [](TerminalBench& bench) { return bench.tap_out(); }},
    {"load", [](TerminalBench& bench) { bench.log_in(); }, [](TerminalBench& bench) { return bench.load(500); }},
};

class TearTest : public testing::TestWithParam<const char*> {
protected:
    std::unique_ptr<TerminalBench> bench(const Flow& flow) {
        auto made = std::make_unique<TerminalBench>(GetParam());
        flow.prepare(*made);
        return made;
    }
    /// After the cut: the card comes again, and again.
    void expect_settled(TerminalBench& bench, const TerminalOutcome& outcome) {
        bench.card_cut = bench.psam_cut = 0;
        const auto settled = bench.recover();
        EXPECT_NE(settled.result, TerminalOutcome::Result::unknown) << settled.detail;
        if (outcome.result == TerminalOutcome::Result::unknown) {
            EXPECT_TRUE(settled.recovered);
        }
        EXPECT_EQ(bench.store.pending(bench.profile.card.asn), nullptr);
        EXPECT_EQ(bench.taken(), 10'000 - std::int64_t{bench.balance()});
        if (outcome.result == TerminalOutcome::Result::accepted) {
            EXPECT_GT(std::ranges::count(bench.store.records(), State::paid, &TerminalRecord::state), 0);
        }
        const auto recovered = bench.recover();
        EXPECT_FALSE(recovered.recovered) << "nothing is left to settle";
        EXPECT_EQ(bench.taken(), 10'000 - std::int64_t{bench.balance()});
    }
};

TEST_P(TearTest, AtEveryExchange) {
    for (const Flow& flow : flows) {
        auto whole = bench(flow);
        expect_accepted(flow.run(*whole));
        const auto of_card = static_cast<unsigned>(whole->card_line.commands.size());
        const auto of_psam = static_cast<unsigned>(whole->psam_line.commands.size());
        for (const bool after : {false, true}) {
            for (unsigned number = 1; number <= of_card + of_psam; ++number) {
                SCOPED_TRACE(std::string(flow.name) + " exchange " + std::to_string(number) + (after ? " after" : ""));
                auto cut = bench(flow);
                cut->cut_after = after;
                (number <= of_card ? cut->card_cut : cut->psam_cut) = number <= of_card ? number : number - of_card;
                expect_settled(*cut, flow.run(*cut));
            }
        }
    }
}

TEST_P(TearTest, AtEveryWriteOfCardAndPsam) {
    for (const Flow& flow : flows)
        for (const bool of_card : {true, false})
            for (const bool after : {false, true})
                for (std::uint64_t write = 0;; ++write) {
                    SCOPED_TRACE(std::string(flow.name) + (of_card ? " card" : " psam") + " write " +
                                 std::to_string(write) + (after ? " after" : ""));
                    ASSERT_LT(write, 200U);
                    auto cut = bench(flow);
                    SmartCard& device = of_card ? static_cast<SmartCard&>(*cut->card) : *cut->psam;
                    const auto before = device.memory().writes();
                    device.cut_power_at(Chip::Cut{write, after});
                    const auto outcome = flow.run(*cut);
                    const bool came = device.memory().writes() - before <= write + (after ? 1 : 0) &&
                                      outcome.result != TerminalOutcome::Result::accepted;
                    device.cut_power_at(std::nullopt);
                    expect_settled(*cut, outcome);
                    if (!came)
                        break;
                }
}

/// The terminal's own power goes before or after each exchange; what it knows then is its journal.
TEST_P(TearTest, TheTerminalItselfAtEveryExchange) {
    struct PowerGone {};
    std::string name = (std::filesystem::temp_directory_path() / "tongka-terminal-XXXXXX").native();
    const std::filesystem::path folder = ::mkdtemp(name.data());
    for (const Flow& flow : {flows[0], flows[1], flows[2]})
        for (const bool after : {false, true})
            for (unsigned number = 1, done = 0; !done; ++number) {
                SCOPED_TRACE(std::string(flow.name) + " " + std::to_string(number));
                auto cut = bench(flow);
                const auto journal = folder / (flow.name + std::to_string(number) + (after ? "a" : "b"));
                const auto taken_before = cut->taken();
                unsigned count = 0;
                const auto dying = [&](Chip& chip) {
                    return [&, line = line_to(chip)](core::BytesView command) -> core::Result<core::Bytes> {
                        if (++count == number && !after)
                            throw PowerGone{};
                        auto answer = line(command);
                        if (count == number)
                            throw PowerGone{};
                        return answer;
                    };
                };
                cut->begin();
                try {
                    auto store = RecordStore::open(journal).value();
                    Terminal terminal(cut->parameters, store);
                    const auto card = dying(*cut->card);
                    const auto psam = dying(*cut->psam);
                    (void)(&flow == &flows[0] || flow.name == std::string("purchase")
                               ? terminal.purchase(card, psam, {.amount = 250, .date_time = cut->moment})
                           : flow.name == std::string("entry")
                               ? terminal.tap_in(card, psam, {.date_time = cut->moment})
                               : terminal.tap_out(card, psam, {.date_time = cut->moment, .place = Place{1, 2}}));
                    done = 1;
                } catch (const PowerGone&) {
                }
                (void)cut->card->power_on();
                auto store = RecordStore::open(journal).value();
                const auto settled = Terminal(cut->parameters, store).recover(line_to(*cut->card));
                EXPECT_NE(settled.result, TerminalOutcome::Result::unknown) << settled.detail;
                EXPECT_EQ(store.pending(cut->profile.card.asn), nullptr);
                std::int64_t taken = taken_before;
                for (const auto& record : store.records())
                    if (record.state == State::paid)
                        taken += record.purchase.amount;
                EXPECT_EQ(taken, 10'000 - std::int64_t{cut->balance()});
            }
    std::filesystem::remove_all(folder);
}

INSTANTIATE_TEST_SUITE_P(Profiles, TearTest,
                         testing::Values("city-union", "sm4", "pboc", "two-composite-files", "cyclic-composite"),
                         profile_name);

/// What cannot be told is not guessed: the card has paid here and elsewhere since.
TEST(GreyTest, ACardThatWentOnLeavesAGreyRecord) {
    TerminalBench bench("city-union");
    bench.cut_after = true;
    bench.card_cut = 5; // SELECT, 0015, 80CA, 8050, 8054
    EXPECT_EQ(bench.pay().result, TerminalOutcome::Result::unknown);
    bench.card_cut = 0;
    auto elsewhere = RecordStore::open({}).value();
    bench.begin();
    ASSERT_EQ(Terminal(bench.parameters, elsewhere)
                  .purchase(line_to(*bench.card), line_to(*bench.psam), {.amount = 100, .date_time = bench.moment})
                  .result,
              TerminalOutcome::Result::accepted);
    const auto settled = bench.recover();
    EXPECT_EQ(settled.result, TerminalOutcome::Result::unknown);
    EXPECT_EQ(bench.store.records()[0].state, State::grey);
    EXPECT_EQ(bench.balance(), 9650U);
    expect_accepted(bench.pay());
    EXPECT_EQ(bench.balance(), 9400U) << "and it is served";
}

TEST(GreyTest, AnotherCardInBetweenIsServedAndSettlesNothing) {
    TerminalBench bench("city-union");
    bench.cut_after = true;
    bench.card_cut = 5;
    EXPECT_EQ(bench.pay().result, TerminalOutcome::Result::unknown);
    bench.card_cut = 0;
    auto own = std::move(bench.card);
    const auto asn = bench.profile.card.asn;
    core::Sample sample{.asn = std::array<core::Byte, 8>{0x21, 0x44, 0, 0, 0, 0, 0, 0x77}};
    auto profile = core::load_profile(TONGKA_SOURCE_DIR "/testcases/profiles/city-union.yaml", sample).value();
    profile.card.ep.balance = 1000;
    bench.card = make_card(profile, std::make_unique<core::SeededRandom>(9)).value();
    expect_accepted(bench.pay());
    EXPECT_FALSE(bench.card_line.was_sent("805A"));
    ASSERT_NE(bench.store.pending(asn), nullptr);
    bench.card = std::move(own);
    EXPECT_TRUE(bench.recover().recovered);
    EXPECT_EQ(bench.taken(), 500);
    EXPECT_EQ(bench.balance(), 9750U);
}

/// The PSAM still waits for MAC2 where the terminal lost the card alone.
TEST(GreyTest, TheProofIsShownToThePsamThatWaitsForIt) {
    TerminalBench bench("city-union");
    bench.begin();
    Terminal terminal(bench.parameters, bench.store);
    const auto psam = bench.psam_line.transmit();
    bench.card_line.cut_at = 5;
    bench.card_line.after = true;
    EXPECT_EQ(terminal.purchase(bench.card_line.transmit(), psam, {.amount = 250, .date_time = bench.moment}).result,
              TerminalOutcome::Result::unknown);
    (void)bench.card->power_on();
    const auto settled = terminal.recover(line_to(*bench.card), psam);
    expect_accepted(settled);
    EXPECT_TRUE(bench.psam_line.was_sent("8072"));
    ASSERT_TRUE(settled.record);
    EXPECT_EQ(settled.record->purchase.unconfirmed, "");
}

} // namespace
} // namespace tongka::simulator
