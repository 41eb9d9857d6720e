#include <csignal>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>

#include <gmock/gmock.h>

#include "simulator/card/tests/card_fixture.hpp"
#include "simulator/issuer/tests/two_cities.hpp"
#include "simulator/terminal/terminal.hpp"

namespace tongka::simulator {
namespace {

using Result = TerminalOutcome::Result;
using State = TerminalRecord::State;
using testing::HasSubstr;

/// A card and a PSAM of the default profile, 100 yuan in the purse, and a terminal of the card's city.
class TerminalTest : public testing::Test {
protected:
    TerminalTest() : store_(RecordStore::open({}).value()) {
        profile_ = core::load_profile(TONGKA_SOURCE_DIR "/testcases/profiles/city-union.yaml").value();
        profile_.card.ep.balance = 10'000;
        issue();
        parameters_.city = {0x21, 0x44};
    }

    void issue() {
        card_ = make_card(profile_, std::make_unique<core::SeededRandom>(1)).value();
        psam_ = make_psam(profile_, std::make_unique<core::SeededRandom>(2)).value();
        (void)psam_->power_on();
        power_on();
    }
    void power_on() { (void)card_->power_on(); }

    /// The card leaves when it is sent its command number `lost_`, before or after it has worked on it.
    Transmit card_line() {
        gone_ = false;
        count_ = 0;
        return [this](core::BytesView command) -> core::Result<core::Bytes> {
            commands_.push_back(core::to_hex(command));
            const bool leaves = ++count_ == lost_;
            if (gone_ || (leaves && !lost_after_work_))
                return gone_ = true, core::fail("the card is gone");
            auto answer = line_to(*card_)(command);
            if (leaves)
                return gone_ = true, core::fail("the card is gone");
            return answer;
        };
    }
    TerminalOutcome pay(std::uint32_t amount = 250, std::optional<TerminalDeviation> deviation = {}) {
        (void)card_->reset();
        commands_.clear();
        Terminal terminal(parameters_, store_, deviation);
        return terminal.purchase(card_line(), line_to(*psam_), {.amount = amount, .date_time = moment_});
    }
    TerminalOutcome recover() {
        lost_ = 0;
        (void)card_->reset();
        commands_.clear();
        return Terminal(parameters_, store_).recover(card_line());
    }
    std::uint32_t balance() {
        lost_ = 0;
        (void)card_->reset();
        const auto line = card_line();
        return read_card(line).and_then([&](const CardData&) { return read_balance(line); }).value();
    }
    bool was_debited() const {
        return std::ranges::any_of(commands_, [](const std::string& command) { return command.starts_with("8054"); });
    }
    void expect_refused(const TerminalOutcome& outcome, RefusalReason reason) {
        EXPECT_EQ(outcome.result, Result::refused);
        ASSERT_TRUE(outcome.reason);
        EXPECT_EQ(info(*outcome.reason).name, info(reason).name) << outcome.detail;
        EXPECT_FALSE(was_debited());
        EXPECT_EQ(outcome.debits, 0U);
    }

    core::Profile profile_;
    TerminalParameters parameters_;
    RecordStore store_;
    std::unique_ptr<Card> card_;
    std::unique_ptr<Psam> psam_;
    std::array<core::Byte, 7> moment_{0x20, 0x26, 0x11, 0x22, 0x08, 0x15, 0x30};
    std::vector<std::string> commands_;
    unsigned lost_ = 0;
    bool lost_after_work_ = false;
    bool gone_ = false;
    unsigned count_ = 0;
};

TEST_F(TerminalTest, APurchaseLeavesARecord) {
    const auto outcome = pay();
    ASSERT_EQ(outcome.result, Result::accepted) << outcome.detail;
    EXPECT_EQ(balance(), 9750U);
    ASSERT_EQ(store_.records().size(), 1U);
    const auto& record = store_.records()[0];
    EXPECT_EQ(record.state, State::paid);
    EXPECT_EQ(record.purchase.balance_before, 10'000U);
    EXPECT_EQ(record.purchase.amount, 250U);
    EXPECT_EQ(record.purchase.unconfirmed, "");
    EXPECT_EQ(core::to_hex(record.purchase.psam), "21440000000000000001");
}

TEST_F(TerminalTest, ARecordIsShownUnderItsColumns) {
    const auto record = *pay().record;
    const auto columns = record_columns();
    const auto cells = record_cells(record);
    ASSERT_EQ(columns.size(), cells.size());
    const auto cell = [&](const std::string& name) {
        return cells[static_cast<std::size_t>(std::ranges::find(columns, name) - columns.begin())];
    };
    EXPECT_EQ(cell("asn"), "2144000000000001");
    EXPECT_EQ(cell("amount"), "250");
    EXPECT_EQ(cell("balance_after"), "9750");
    EXPECT_EQ(cell("subtype"), "0D");
}

TEST_F(TerminalTest, EveryCheckHasItsName) {
    moment_ = {0x20, 0x25, 0x12, 0x31, 0, 0, 0};
    expect_refused(pay(), RefusalReason::not_started);
    moment_ = {0x20, 0x37, 0x01, 0x01, 0, 0, 0};
    expect_refused(pay(), RefusalReason::expired);
    moment_ = {0x20, 0x26, 0x11, 0x22, 0x08, 0x15, 0x30};
    parameters_.types = {{0x7F, 0x7F}};
    expect_refused(pay(), RefusalReason::type_not_accepted);
    parameters_.types.clear();
    parameters_.most_amount = 200;
    expect_refused(pay(), RefusalReason::amount_over_limit);
    parameters_.most_amount = 100'000;
    parameters_.least_balance = 10'001;
    expect_refused(pay(), RefusalReason::balance_below_minimum);
    parameters_.least_balance = 0;
    expect_refused(pay(10'001), RefusalReason::insufficient_balance);
    parameters_.city = {0x10, 0x00};
    expect_refused(pay(), RefusalReason::city_not_accepted);
    parameters_.white_list = {{0x21, 0x44}};
    expect_refused(pay(), RefusalReason::no_interoperability);
    (void)card_->reset();
    const auto flag = read_card(card_line())->interoperability;
    parameters_.interoperability = {flag};
    EXPECT_EQ(pay().result, Result::accepted);
    EXPECT_EQ(balance(), 9750U);
}

TEST_F(TerminalTest, ABlacklistedCardIsLockedThroughThePsam) {
    parameters_.blacklist.add(profile_.card.asn);
    const auto outcome = pay();
    expect_refused(outcome, RefusalReason::blacklisted);
    ASSERT_TRUE(outcome.record) << outcome.detail;
    EXPECT_EQ(outcome.record->kind, TerminalRecord::Kind::lock);
    EXPECT_EQ(outcome.record->purchase.counter, 0);
    EXPECT_EQ(core::to_hex(outcome.record->purchase.tac), "00000000");
    parameters_.blacklist.clear();
    expect_refused(pay(), RefusalReason::application_locked);
}

TEST_F(TerminalTest, WhereverTheCardLeavesMoneyAndRecordsAgree) {
    for (const bool after : {false, true}) {
        for (unsigned command = 1; command <= 6; ++command) {
            const std::uint32_t before = balance();
            const auto paid_before = std::ranges::count(store_.records(), State::paid, &TerminalRecord::state);
            lost_after_work_ = after;
            lost_ = command;
            const auto outcome = pay();
            const auto recovered = recover();
            EXPECT_NE(recovered.result, Result::unknown);
            const auto paid = std::ranges::count(store_.records(), State::paid, &TerminalRecord::state) - paid_before;
            EXPECT_EQ(before - balance(), 250U * static_cast<unsigned>(paid)) << command << after;
            if (outcome.result == Result::unknown) {
                EXPECT_TRUE(recovered.recovered);
            }
            EXPECT_EQ(store_.pending(profile_.card.asn), nullptr);
        }
    }
    EXPECT_GT(std::ranges::count(store_.records(), State::paid, &TerminalRecord::state), 0);
    EXPECT_GT(std::ranges::count(store_.records(), State::not_paid, &TerminalRecord::state), 0);
}

TEST_F(TerminalTest, AGreyPurchaseIsSettledBeforeTheNext) {
    lost_after_work_ = true;
    lost_ = 5; // SELECT, 0015, 80CA, 8050, 8054
    ASSERT_EQ(pay().result, Result::unknown);
    lost_ = 0;
    const auto next = pay();
    EXPECT_EQ(next.result, Result::accepted);
    EXPECT_TRUE(next.recovered);
    EXPECT_EQ(balance(), 9500U);
    for (const auto& record : store_.records())
        EXPECT_EQ(record.state, State::paid);
}

TEST_F(TerminalTest, AProofHasTheTacThatWasLost) {
    const auto whole = pay();
    issue();
    lost_after_work_ = true;
    lost_ = 5;
    ASSERT_EQ(pay().result, Result::unknown);
    ASSERT_TRUE(recover().recovered);
    EXPECT_EQ(core::to_hex(store_.records().back().purchase.tac), core::to_hex(whole.record->purchase.tac))
        << "amount, terminal, PSAM serial and moment are the same";
}

class RecordStoreTest : public TerminalTest {
protected:
    RecordStoreTest() {
        std::string name = (std::filesystem::temp_directory_path() / "tongka-records-XXXXXX").native();
        folder_ = ::mkdtemp(name.data());
    }
    ~RecordStoreTest() override {
        std::error_code ignored;
        std::filesystem::remove_all(folder_, ignored);
    }
    std::string text() const {
        std::ifstream stream(folder_ / "r", std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    void write(std::string_view text) const { std::ofstream(folder_ / "r", std::ios::binary) << text; }

    std::filesystem::path folder_;
};

TEST_F(RecordStoreTest, APowerCutAtAnyByteLosesTheLastLineAtMost) {
    {
        auto store = RecordStore::open(folder_ / "r").value();
        for (const auto& record : {*pay().record, *pay().record})
            ASSERT_TRUE(store.put(record));
        auto changed = store.records()[0];
        changed.state = State::not_paid;
        ASSERT_TRUE(store.put(changed));
        EXPECT_THAT(RecordStore::open(folder_ / "r").error().message, HasSubstr("another program has it open"));
    }
    const std::string whole = text();
    for (std::size_t size = 0; size <= whole.size(); ++size) {
        write(whole.substr(0, size));
        const auto lines = static_cast<std::size_t>(std::ranges::count(whole.substr(0, size), '\n'));
        auto store = RecordStore::open(folder_ / "r");
        ASSERT_TRUE(store) << size;
        EXPECT_EQ(store->records().size(), std::min<std::size_t>(lines, 2)) << size;
        EXPECT_EQ(store->was_torn(), size > 0 && whole[size - 1] != '\n') << size;
        if (lines == 3) {
            EXPECT_EQ(store->records()[0].state, State::not_paid);
        }
    }
}

TEST_F(RecordStoreTest, DamageInTheMiddleIsToldWithItsLine) {
    {
        auto store = RecordStore::open(folder_ / "r").value();
        for (int count = 0; count < 3; ++count)
            ASSERT_TRUE(store.put(*pay().record));
    }
    std::string damaged = text();
    damaged[damaged.find('\n') + 20] ^= 1;
    write(damaged);
    EXPECT_THAT(RecordStore::open(folder_ / "r").error().message, HasSubstr("r:2: does not fit its CRC"));
}

TEST_F(RecordStoreTest, NothingIsPaidWhereNoRecordCanBeKept) {
    auto store = RecordStore::open(folder_ / "r").value();
    (void)card_->reset();
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    const rlimit small{100, before.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &small);
    const auto outcome = Terminal(parameters_, store).purchase(card_line(), line_to(*psam_), {250, moment_});
    ::setrlimit(RLIMIT_FSIZE, &before);
    (void)std::signal(SIGXFSZ, handler);
    expect_refused(outcome, RefusalReason::record_not_stored);
    EXPECT_EQ(balance(), 10'000U);
}

TEST_F(RecordStoreTest, ParametersAndTheirBlacklist) {
    std::ofstream(folder_ / "black.txt") << "2144 0000 0000 0001 # lost\nrubbish\n1000010100000002\n";
    std::ofstream(folder_ / "p.yaml")
        << "city: \"2144\"\nwhite_list: [\"1000\"]\ninteroperability: [\"0001\"]\n"
           "most_amount: \"5000\"\nblacklist: black.txt\nrules: {prove-counter: before}\n";
    std::vector<SkippedLine> skipped;
    const auto read = load_parameters(folder_ / "p.yaml", skipped);
    ASSERT_TRUE(read) << read.error().message;
    ASSERT_EQ(skipped.size(), 1U);
    ASSERT_EQ(read->blacklist.serials().size(), 2U);
    EXPECT_EQ(core::to_hex(read->blacklist.serials()[0]), "1000010100000002") << "sorted";
    EXPECT_EQ(skipped[0].file, folder_ / "black.txt");

    EXPECT_EQ(skipped[0].line, 2U);
    EXPECT_EQ(read->most_amount, 5000U);
    std::ofstream(folder_ / "p.yaml") << "city: \"21\"\n";
    EXPECT_THAT(load_parameters(folder_ / "p.yaml", skipped).error().message,
                HasSubstr("p.yaml:1:7: city has 4 hexadecimal digits, not '21'"));
}

} // namespace
} // namespace tongka::simulator
