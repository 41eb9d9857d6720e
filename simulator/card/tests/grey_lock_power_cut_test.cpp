#include "simulator/card/tests/grey_lock_fixture.hpp"

namespace tongka::simulator {
namespace {

// Power cuts: balance, counters, log, lock and proof are those of before, or all those of after; only the counter of
// wrong GMACs may have moved.
class TornGreyLockTest : public GreyLockTest {
protected:
    struct Seen {
        std::string balance, offline, online, log, lock, proof;
        bool operator==(const Seen&) const = default;
    };
    Seen look() {
        const auto purse = *card_->purse(PurseId::purse);
        return {.balance = balance(),
                .offline = core::to_hex(purse.counter_bytes(Counter::offline)),
                .online = core::to_hex(purse.counter_bytes(Counter::online)),
                .log = log(),
                .lock = proof(),
                .proof = exchange("805A009302000708") + exchange("805A009602000108")};
    }

    /// `prepare` up to the command, which is the last of `act`.
    template <typename Prepare, typename Act>
    void cut_everywhere(Prepare prepare, Act act) {
        insert({});
        prepare();
        const Seen old = look();
        insert({});
        prepare();
        const auto first = card_->memory().writes();
        const auto right = act();
        ASSERT_EQ(right.substr(right.size() - 4), "9000");
        const auto writes = card_->memory().writes() - first;
        const Seen done = look();
        ASSERT_FALSE(old == done);
        std::size_t finished = 0;
        for (std::uint64_t at = 0; at < writes; ++at)
            for (const bool after : {false, true}) {
                insert({});
                prepare();
                card_->cut_power_at(Chip::Cut{at, after});
                EXPECT_EQ(act(), "") << "a chip without power is silent";
                power_again();
                const Seen found = look();
                EXPECT_TRUE(found == old || found == done) << at << after;
                finished += found == done ? 1 : 0;
            }
        EXPECT_GT(finished, 0U);
        EXPECT_LT(finished, 2 * writes);
    }
};

TEST_F(TornGreyLockTest, AGreyLockIsThereOrNot) {
    cut_everywhere([] {},
                   [&] {
                       const auto init = begin_lock();
                       return init.empty() ? init : finish_lock(init);
                   });
}

TEST_F(TornGreyLockTest, ADebitForUnlockIsWholeOrNotAtAll) {
    cut_everywhere([&] { (void)lock(); }, [&] { return unlock("0000000A"); });
}

// With two errors behind it the third try blocks beforehand: the block goes with the unlock, or stays.
TEST_F(TornGreyLockTest, AtTheLastTryToo) {
    const auto prepare = [&] {
        insert({});
        (void)lock();
        for (int i = 0; i < 2; ++i)
            (void)unlock_with("00000001", "0006", "00000000");
    };
    prepare();
    const auto first = card_->memory().writes();
    (void)unlock("00000001");
    const auto writes = card_->memory().writes() - first;
    for (std::uint64_t at = 0; at < writes; ++at)
        for (const bool after : {false, true}) {
            prepare();
            card_->cut_power_at(Chip::Cut{at, after});
            (void)unlock("00000001");
            (void)card_->power_on();
            (void)exchange("00A4040009A00000000386980701");
            const auto lock = card_->purse(PurseId::purse)->lock();
            const bool blocked = blocking(card_->files(), card_->selection().directory) == Blocking::temporary;
            const bool unlocked = lock.state == LockState::tac_unread;
            EXPECT_EQ(lock.unlock_errors, unlocked ? 0 : blocked ? 3 : 2) << at << after;
            EXPECT_FALSE(unlocked && blocked) << at << after;
            EXPECT_EQ(card_->purse(PurseId::purse)->available(), unlocked ? 99U : 100U) << at << after;
        }
}

TEST_F(TornGreyLockTest, AnOnlineUnlockIsWholeOrNotAtAll) {
    cut_everywhere([&] { (void)lock(); },
                   [&] {
                       const auto init = begin_online_unlock();
                       return init.empty() ? init : finish_online_unlock(init, "0000000A");
                   });
}

// A wrong GMAC whose power goes right behind the comparison has cost its try.
TEST_F(TornGreyLockTest, ACutGivesNoTryBack) {
    (void)lock();
    const auto first = card_->memory().writes();
    (void)unlock_with("00000001", "0006", "00000000");
    const auto writes = card_->memory().writes() - first;
    ASSERT_GT(writes, 0U);
    for (const int errors : {2, 3}) {
        card_->cut_power_at(Chip::Cut{writes - 1, true});
        EXPECT_EQ(unlock_with("00000001", "0006", "00000000"), "");
        (void)card_->power_on();
        (void)exchange("00A4040009A00000000386980701");
        EXPECT_EQ(card_->purse(PurseId::purse)->lock().unlock_errors, errors);
        if (errors == 3) {
            EXPECT_EQ(unlock("00000001"), "6A81");
        }
    }
}

TEST_F(TornGreyLockTest, ReadingTheTacClearsItsFlagOrNot) {
    cut_everywhere(
        [&] {
            (void)lock();
            (void)unlock("00000001");
        },
        [&] { return proof("01"); });
}

} // namespace
} // namespace tongka::simulator
