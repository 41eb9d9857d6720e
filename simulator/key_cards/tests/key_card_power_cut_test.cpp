#include "simulator/key_cards/tests/key_card_fixture.hpp"

namespace tongka::simulator {
namespace {

using core::Algorithm;
using core::Bytes;
using core::BytesView;

/// The power of one card is cut before and after each single write that a run makes it do.
class KeyCardPowerCuts : public KeyCardTest {
protected:
    struct Subject {
        std::function<SmartCard&()> prepare; ///< a card that is always the same
        std::function<bool()> run;           ///< whether all went well
    };

    /// What is found at the next power-up is a state that a commit left, or the old one, and never an earlier one than
    /// a cut before found. `found` is told how many commits stand.
    void cut_everywhere(const Subject& subject, const std::function<void(std::size_t commits, bool last)>& found) {
        auto& whole = subject.prepare();
        std::vector<Bytes> states{whole.memory().image()};
        const auto before = whole.memory().writes();
        whole.memory().keep_with([&](BytesView image) {
            states.push_back(core::to_bytes(image));
            return true;
        });
        ASSERT_TRUE(subject.run());
        const auto writes = whole.memory().writes() - before;
        ASSERT_GT(writes, 3U);
        std::size_t last = 0;
        for (std::uint64_t at = 0; at < writes; ++at)
            for (const bool after : {false, true}) {
                SCOPED_TRACE("write " + std::to_string(at) + (after ? ", after it" : ", before it"));
                SmartCard& card = subject.prepare();
                ASSERT_EQ(card.memory().image(), states.front());
                card.cut_power_at(Chip::Cut{at, after});
                ASSERT_FALSE(subject.run()) << "a card without power is silent";
                (void)card.power_on();
                // Tries that are given back make a state that was there before: no earlier one is looked at.
                const auto place =
                    std::find(states.begin() + static_cast<std::ptrdiff_t>(last), states.end(), card.memory().image());
                ASSERT_NE(place, states.end()) << "a third state";
                last = static_cast<std::size_t>(place - states.begin());
                found(last, last + 1 == states.size());
            }
        EXPECT_EQ(last + 1, states.size());
    }

    bool receives() { return receive().has_value(); }
};

TEST_F(KeyCardPowerCuts, OfAMotherCardThatIsEmptied) {
    unsigned least = 1;
    const Subject subject{[&]() -> SmartCard& {
                              insert();
                              return *mother_;
                          },
                          [&] { return receives(); }};
    cut_everywhere(subject, [&](std::size_t, bool last) {
        EXPECT_TRUE(store_.records().empty());
        EXPECT_LE(mother_->emptyings_left(), least) << "the count goes one way";
        least = mother_->emptyings_left();
        EXPECT_EQ(least, last ? 0U : 1U) << "the emptying is the last that is written";
        power_again();
        EXPECT_EQ(receives(), least == 1) << "what is not spent can be done anew";
    });
}

TEST_F(KeyCardPowerCuts, OfAnAuthenticationCard) {
    const Subject subject{[&]() -> SmartCard& {
                              insert();
                              return *authentication_;
                          },
                          [&] { return receives(); }};
    cut_everywhere(subject, [&](std::size_t, bool) {
        EXPECT_TRUE(store_.records().empty());
        EXPECT_EQ(mother_->emptyings_left(), 1U);
        power_again();
        EXPECT_TRUE(receives());
    });
}

// A wrong PIN, a wrong cryptogram and a wrong answer cost a try, whenever the power goes.
TEST_F(KeyCardPowerCuts, GiveNoTryBack) {
    const auto wrong_pin = [&] { return authentication("0020000003123457"); };
    const auto wrong_cryptogram = [&] {
        (void)mother("0084000008");
        return mother("00820001080000000000000000");
    };
    const auto wrong_answer = [&] {
        (void)authentication("0020000003123456");
        (void)authenticate();
        (void)mother("80F0010000");
        return mother("80F002001102" + std::string(32, '0'));
    };
    const auto cut_after_first_write = [&](SmartCard& card, const auto& attempt, std::uint64_t skipped) {
        for (int tries = 0; tries < 3; ++tries) {
            card.cut_power_at(Chip::Cut{skipped + 1, true}); // right behind the mark that makes the try count
            EXPECT_EQ(attempt(), "");
            power_again();
        }
        EXPECT_EQ(attempt(), "6983");
    };
    insert();
    cut_after_first_write(*authentication_, wrong_pin, 0);
    insert();
    cut_after_first_write(*mother_, wrong_cryptogram, 0);
    insert();
    const auto before = mother_->memory().writes();
    (void)authentication("0020000003123456");
    ASSERT_EQ(authenticate(), "9000");
    const auto skipped = mother_->memory().writes() - before;
    insert();
    cut_after_first_write(
        *mother_,
        [&] {
            const auto answer = wrong_answer();
            return answer == "6985" ? std::string("6983") : answer; // no transfer begins with a blocked transport key
        },
        skipped);
    EXPECT_EQ(authenticate(), "9000");
    EXPECT_EQ(mother("80F0010000"), "6983");
}

TEST_F(KeyCardPowerCuts, OfACardThatIsBeingMade) {
    std::unique_ptr<KeyCard> card;
    const auto blank = [&](auto make) {
        return [&card, make]() -> SmartCard& {
            card = make();
            (void)card->power_on();
            return *card;
        };
    };
    const auto is_open_unless_done = [&](std::size_t, bool last) { EXPECT_EQ(card->closed(), last); };
    const std::vector<core::KeyEntry> few(made().keys.begin(), made().keys.begin() + 3);
    cut_everywhere({blank([&]() -> std::unique_ptr<KeyCard> {
                        return std::make_unique<MotherCard>(algorithm_, std::make_unique<core::SeededRandom>(1));
                    }),
                    [&] {
                        core::SeededRandom random(8);
                        return issue_mother_card(line_of(*card), made().pair, few, 1, random).has_value();
                    }},
                   is_open_unless_done);
    cut_everywhere(
        {blank([&]() -> std::unique_ptr<KeyCard> {
             return std::make_unique<AuthenticationCard>(algorithm_, std::make_unique<core::SeededRandom>(1));
         }),
         [&] {
             core::SeededRandom random(8);
             return issue_authentication_card(line_of(*card), made().pair, right_pin_bytes, random).has_value();
         }},
        is_open_unless_done);
}

} // namespace
} // namespace tongka::simulator
