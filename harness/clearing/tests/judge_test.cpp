#include <gmock/gmock.h>

#include "core/keys/centre.hpp"
#include "core/keys/memory_store.hpp"
#include "core/random.hpp"
#include "harness/clearing/judge.hpp"
#include "harness/clearing/tac_batch.hpp"

namespace tongka::harness::clearing {
namespace {

using testing::ElementsAre;

constexpr TacKeys::City changchun{0x21, 0x44};
constexpr TacKeys::City elsewhere{0x10, 0x00};

/// Records of one card, in the order in which they came.
class JudgeTest : public testing::Test {
protected:
    JudgeTest() : random_(3), store_(core::KeyOwner{}) {
        EXPECT_TRUE(core::new_national_store(store_, random_, core::Algorithm::triple_des));
        keys_ = TacKeys::take(store_).value();
        terms_.keys = keys_.get();
        terms_.cities = std::set{changchun, elsewhere};
        terms_.latest = {0x20, 0x26, 0x11, 0x22, 0x23, 0x59, 0x59};
        terms_.trading_cities = {elsewhere, changchun};
    }

    /// The card's payment with this counter: 1 yuan each time, a minute after the one before, right in all.
    Transaction payment(std::uint32_t counter) {
        Transaction one;
        one.asn = {0x21, 0x44, 0x01, 0x01, 0x00, 0x00, 0x00, 0x01};
        one.home_city = changchun;
        one.trading_city = elsewhere;
        one.type = 0x06;
        one.counter = counter;
        one.balance_before = 10'000 - 100 * counter;
        one.amount = 100;
        one.date_time = {0x20, 0x26, 0x11, 0x22, 0x08, static_cast<core::Byte>(counter), 0x00};
        one.terminal = {0x10, 0x00, 0x00, 0x00, 0x00, 0x07};
        one.pos = one.terminal;
        one.pos_serial = one.terminal_serial = 500 + counter;
        sign(one);
        return one;
    }

    void sign(Transaction& one) {
        batch_.derive(*keys_->of(one.home_city).value(), {&one.asn, 1});
        batch_.choose(0);
        one.tac = batch_.tac(one);
    }

    std::vector<Verdict> judged(std::vector<Transaction> records) {
        for (std::uint32_t at = 0; at < records.size(); ++at)
            records[at].line = at + 1;
        EXPECT_TRUE(judge(records, terms_, judgements_));
        std::vector<Verdict> verdicts;
        for (const auto& one : judgements_)
            verdicts.push_back(one.verdict);
        return verdicts;
    }

    bool has(std::size_t record, Notice notice) const {
        return (judgements_[record].notices & static_cast<core::Byte>(notice)) != 0;
    }
    bool has_none(std::size_t record) const { return judgements_[record].notices == 0; }

    core::SeededRandom random_;
    core::MemoryKeyStore store_;
    std::unique_ptr<TacKeys> keys_;
    Terms terms_;
    TacBatch batch_;
    std::vector<Judgement> judgements_;
};

TEST_F(JudgeTest, TheFirstOfThreeAlikeIsTaken) {
    const auto one = payment(1);
    EXPECT_THAT(judged({one, one, one}), ElementsAre(Verdict::accepted, Verdict::duplicate, Verdict::duplicate));
}

TEST_F(JudgeTest, AForgedRecordTakesNothingFromTheRealOne) {
    auto dearer = payment(1);
    dearer.amount = 5000; // under the TAC of the real one
    EXPECT_THAT(judged({dearer, payment(1), payment(1)}),
                ElementsAre(Verdict::wrong_tac, Verdict::accepted, Verdict::duplicate));
    auto same_pos = payment(9);
    same_pos.pos_serial = payment(1).pos_serial;
    same_pos.tac = {};
    EXPECT_THAT(judged({same_pos, payment(1)}), ElementsAre(Verdict::wrong_tac, Verdict::accepted));
}

TEST_F(JudgeTest, OfTwoForgedRecordsThatAreTheSameTheSecondIsADuplicate) {
    auto forged = payment(1);
    forged.tac[3] ^= 1;
    EXPECT_THAT(judged({forged, forged}), ElementsAre(Verdict::wrong_tac, Verdict::duplicate));
}

TEST_F(JudgeTest, ARecordSentByTheWrongCityFirstIsTakenWhenTheRightOneSendsIt) {
    terms_.trading_cities = {changchun, elsewhere};
    auto later = payment(1);
    later.file = 1;
    EXPECT_THAT(judged({payment(1), later}), ElementsAre(Verdict::unknown_city, Verdict::accepted));
}

TEST_F(JudgeTest, ALockFlagDoesNotPayWithoutATac) {
    auto locked = payment(1);
    locked.lock = 1;
    locked.tac = {};
    EXPECT_THAT(judged({locked}), ElementsAre(Verdict::wrong_tac));
    locked.amount = 0;
    EXPECT_THAT(judged({locked}), ElementsAre(Verdict::accepted));
}

TEST_F(JudgeTest, ALockingDoesNotMakeAPaymentADuplicate) {
    auto locked = payment(1);
    locked.lock = 1;
    locked.amount = 0;
    locked.tac = {};
    EXPECT_THAT(judged({locked, payment(1), locked}),
                ElementsAre(Verdict::accepted, Verdict::accepted, Verdict::duplicate));
}

TEST_F(JudgeTest, AGreyRecordNeedHaveNoTacButMustNotHaveAWrongOne) {
    auto grey = payment(1);
    grey.grey = 1;
    EXPECT_THAT(judged({grey}), ElementsAre(Verdict::grey));
    grey.tac = {};
    EXPECT_THAT(judged({grey}), ElementsAre(Verdict::grey));
    grey.tac = {1, 2, 3, 4};
    EXPECT_THAT(judged({grey}), ElementsAre(Verdict::wrong_tac));
}

TEST_F(JudgeTest, AForgedRecordOnlyFillsItsPlaceInTheOrder) {
    auto forged = payment(2);
    forged.balance_before = 1; // gives no cause to suspect the others
    forged.tac[0] ^= 1;
    EXPECT_THAT(judged({payment(1), forged, payment(3)}),
                ElementsAre(Verdict::accepted, Verdict::wrong_tac, Verdict::accepted));
    EXPECT_TRUE(has_none(0) && has_none(1) && has_none(2));
    auto twice = payment(1);
    twice.tac[0] ^= 1;
    judged({twice, payment(1), payment(2)});
    EXPECT_TRUE(has_none(0) && has_none(1) && has_none(2)) << "not two transactions of a copied card";
    auto far = payment(9);
    far.tac[0] ^= 1;
    judged({payment(1), far, payment(2)});
    EXPECT_TRUE(has_none(0) && has_none(1) && has_none(2));
}

TEST_F(JudgeTest, NoticesTellWhatDoesNotFollow) {
    judged({payment(1), payment(4)});
    EXPECT_TRUE(has(1, Notice::counter_gap));
    auto poorer = payment(2);
    --poorer.balance_before;
    sign(poorer);
    judged({payment(1), poorer});
    EXPECT_TRUE(has(1, Notice::balance));
    auto loaded = payment(2);
    loaded.balance_before += 5000;
    sign(loaded);
    judged({payment(1), loaded});
    EXPECT_TRUE(has_none(1));
    auto earlier = payment(2);
    earlier.date_time[4] = 0x07;
    sign(earlier);
    judged({payment(1), earlier});
    EXPECT_TRUE(has(1, Notice::clock_back));
    auto other = payment(1);
    other.pos_serial = other.terminal_serial = 900;
    sign(other);
    EXPECT_THAT(judged({payment(1), other}), ElementsAre(Verdict::accepted, Verdict::accepted));
    EXPECT_TRUE(has(1, Notice::counter_twice));
}

} // namespace
} // namespace tongka::harness::clearing
