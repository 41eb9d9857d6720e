#include "simulator/isam/tests/isam_fixture.hpp"

namespace tongka::simulator {
namespace {

class IsamPowerCutTest : public IsamCommandTest {
protected:
    void key_ready() {
        EXPECT_EQ(log_in(), "9000");
        EXPECT_EQ(derive("2B01", asn), "9000");
    }
    /// The last command of a MAC2, as far as 61xx.
    std::string finish(const std::string& amount = "00000064") {
        return crypt("01", "A1A2A3A40003" + mac2_data(amount));
    }
};

TEST_F(IsamPowerCutTest, AmountAndCounterMoveTogetherAndNeverBack) {
    bool taken = false;
    cut_everywhere({"DES CRYPT, MAC2", [&] { insert(); }, [&] { key_ready(); }, [&] { return finish(); }}, [&] {
        EXPECT_TRUE((left() == 1000 && counter() == 7) || (left() == 900 && counter() == 8))
            << left() << " " << counter();
        EXPECT_TRUE(!taken || left() == 900) << "a later cut finds no earlier state";
        taken = left() == 900;
        EXPECT_EQ(crypt("01", "A1A2A3A40003" + mac2_data("00000064")), "6985") << "the key went with the power";
    });
    EXPECT_TRUE(taken);
}

TEST_F(IsamPowerCutTest, LogInAndLimit) {
    const auto inserted = [&] { insert(); };
    const auto asked = [&] { challenge("A1B2C3D4"); };
    const Scenario scenarios[] = {
        {"EXTERNAL AUTHENTICATION", inserted, asked,
         [&] { return exchange("0082000108" + by_hand::authentication(sam_keys::host, "A1B2C3D4")); }, 2},
        {"EXTERNAL AUTHENTICATION, wrong", inserted, asked, [&] { return exchange("00820001080000000000000000"); }, 1,
         "63C2"},
        {"UPDATE BINARY of the limit", inserted, asked,
         [&] {
             return exchange(sealed_command("04D69B00",
                                            "00000001"
                                            "20270101000000"
                                            "000002",
                                            sam_keys::maintenance));
         },
         3},
    };
    for (const auto& scenario : scenarios)
        cut_everywhere(scenario);
}

// However often the power goes, all MACs that came out together are worth no more than the limit.
TEST_F(IsamPowerCutTest, NoMoreIsGivenOutThanTheLimit) {
    key_ready();
    const auto before = sam_->memory().writes();
    (void)finish();
    const auto writes = sam_->memory().writes() - before;
    insert();
    unsigned given = 0;
    std::uint32_t last = left();
    for (std::uint64_t round = 0; left() >= 100; ++round) {
        ASSERT_LT(round, 100U);
        key_ready();
        if (round % 3 != 0)
            sam_->cut_power_at(Chip::Cut{round % writes, round % 2 == 0});
        const auto answer = finish();
        if (!answer.empty() && status(answer) == "9000")
            given += 100;
        power_again();
        EXPECT_LE(left(), last);
        last = left();
        EXPECT_LE(given + left(), 1000U);
        EXPECT_EQ((1000 - left()) / 100, counter() - 7);
    }
    key_ready();
    EXPECT_EQ(finish(), "9401");
}

// Three wrong log-ins, each cut off right behind the write that counts it.
TEST_F(IsamPowerCutTest, ACutGivesNoTryOfTheLogInBack) {
    const auto wrong = [&] { return exchange("00820001080000000000000000"); };
    challenge("A1B2C3D4");
    const auto before = sam_->memory().writes();
    EXPECT_EQ(wrong(), "63C2");
    const auto writes = sam_->memory().writes() - before;
    for (int tries = 2; tries > 0; --tries) {
        challenge("A1B2C3D4");
        sam_->cut_power_at(Chip::Cut{writes - 1, true});
        EXPECT_EQ(wrong(), "");
        power_again();
    }
    EXPECT_EQ(log_in(), "6983");
}

} // namespace
} // namespace tongka::simulator
