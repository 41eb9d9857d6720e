#include <filesystem>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/keys/centre.hpp"
#include "core/keys/memory_store.hpp"
#include "simulator/issuer/load_keys.hpp"
#include "simulator/issuer/tests/two_cities.hpp"
#include "simulator/terminal/load.hpp"

namespace tongka::simulator {
namespace {

constexpr std::uint32_t paid_in = 5000;
constexpr std::uint32_t amount = 700;

/// A terminal, a host on the city's keys, a card; the card may be taken away.
class TerminalLoadTest : public testing::Test {
protected:
    TerminalLoadTest() {
        EXPECT_TRUE(core::new_national_store(national_, random_, core::Algorithm::triple_des));
        EXPECT_TRUE(core::add_all(city_, core::city_keys(national_, *city_.owner().city).value()));
        card_ = issue_card(city_, "2144", 1, "card");
        EXPECT_TRUE(accounts_.add_account("account", paid_in));
        EXPECT_TRUE(accounts_.add_card(
            {.asn = card_.profile.card.asn, .city = card_.profile.card.city, .generation = 1, .account = "account"}));
    }
    ~TerminalLoadTest() override { std::filesystem::remove(path_); }

    /// A line that is cut before its n-th command, or behind it with the answer lost.
    Transmit cut_line(unsigned commands, bool answer_lost) {
        return [this, commands, answer_lost, sent = 0U](core::BytesView command) mutable -> core::Result<core::Bytes> {
            const bool last = sent++ == commands;
            if (last && answer_lost)
                (void)line_to (*card_.card)(command);
            if (last || sent > commands + 1)
                return core::fail("the card is gone");
            return line_to(*card_.card)(command);
        };
    }
    core::Result<LoadOutcome> load(const Transmit& line) {
        (void)card_.card->reset();
        LoadHost host(accounts_, load_keys(city_), core::Rules{}, clock_, random_);
        return simulator::load(line, host, terminal_, amount);
    }
    std::uint32_t balance() {
        (void)card_.card->reset();
        (void)card_.card->exchange(core::from_hex("00A4040009A00000000386980701").value());
        const auto answer = core::to_bytes(card_.card->exchange(core::from_hex("805C000204").value()));
        return static_cast<std::uint32_t>(core::read_big_endian(core::BytesView(answer).first(4)));
    }

    std::filesystem::path path_ =
        std::filesystem::temp_directory_path() / ("tongka-load-" + std::to_string(::getpid()) + "-" +
                                                  testing::UnitTest::GetInstance()->current_test_info()->name());
    core::SeededRandom random_{3};
    core::SystemClock clock_;
    core::MemoryKeyStore national_{core::KeyOwner{}};
    core::MemoryKeyStore city_{core::KeyOwner{std::array<core::Byte, 2>{0x21, 0x44}}};
    Accounts accounts_ = Accounts::open(path_).value();
    LoadTerminal terminal_{.number = {0, 0, 0, 0, 0, 9}, .key_index = 1};
    IssuedCard card_;
};

TEST_F(TerminalLoadTest, PutsMoneyOnTheCardAndTakesItFromTheAccount) {
    const auto start = balance();
    const auto outcome = load(line_to(*card_.card));
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(outcome->state, LoadState::booked);
    EXPECT_EQ(balance(), start + amount);
    EXPECT_EQ(accounts_.balance("account").value(), paid_in - amount);
}

TEST_F(TerminalLoadTest, ARefusalChangesNothing) {
    const auto start = balance();
    ASSERT_TRUE(accounts_.set_blocked(card_.profile.card.asn, true));
    const auto outcome = load(line_to(*card_.card));
    ASSERT_TRUE(outcome);
    EXPECT_EQ(outcome->refusal, Refusal::card_blocked);
    EXPECT_EQ(balance(), start);
    EXPECT_EQ(accounts_.totals().value().held, 0U);
}

// The next load settles the one that was cut off: afterwards card and account tell the same story.
TEST_F(TerminalLoadTest, ACutAtAnyCommandEndsTheSameOnBothSides) {
    const auto start = balance();
    // Twice SELECT and READ BINARY, INITIALIZE, CREDIT.
    for (unsigned commands = 0; commands < 6; ++commands)
        for (const bool answer_lost : {false, true}) {
            SCOPED_TRACE(std::to_string(commands) + (answer_lost ? " answer lost" : " command lost"));
            const auto cut = load(cut_line(commands, answer_lost));
            EXPECT_FALSE(cut);
            (void)card_.card->reset();
            LoadHost host(accounts_, load_keys(city_), core::Rules{}, clock_, random_);
            const auto settled = recover_load(line_to(*card_.card), host, terminal_);
            ASSERT_TRUE(settled) << settled.error().message;
            const auto totals = accounts_.totals().value();
            EXPECT_EQ(totals.held, 0U);
            EXPECT_EQ(totals.booked, balance() - start);
            EXPECT_EQ(totals.accounts + totals.booked, paid_in);
        }
    EXPECT_EQ(balance(), start + amount) << "the one whose answer to CREDIT FOR LOAD was lost";
}

} // namespace
} // namespace tongka::simulator
