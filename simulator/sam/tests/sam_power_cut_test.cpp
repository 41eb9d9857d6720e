#include "simulator/sam/tests/power_cuts.hpp"

namespace tongka::simulator {
namespace {

using by_hand::sealed;

const std::string new_key = "280700A0A1A2A3A4A5A6A7A8A9AAABACADAEAF";

// The issuing commands, in a PSAM that is being made and in one that was issued.
class IssuingCutTest : public SamPowerCutTest {
protected:
    std::string write_after_challenge(const std::string& id, const std::string& key) {
        return exchange(sealed_command("84D400" + id, sealed(sam_keys::control, key), sam_keys::control));
    }
    void log_in() { ASSERT_EQ(authenticate("00", sam_keys::control), "9000"); }
    void log_in_and_ask() {
        log_in();
        challenge("A1B2C3D4");
    }
};

TEST_F(IssuingCutTest, OfABlankSam) {
    const auto blank = [&] { insert_psam({}, Issue::blank); };
    const auto directories = [&] {
        done("80E03F000D38FFFFAAAA00FFFFFFFFFFFFFF");
        done("80E010010E38FFFFAAAA00FFFFBDA8C9E8B2BF");
        done(select_application);
    };
    const auto key_file = [&] {
        directories();
        done("80E00000073F020001AAFFFF");
    };
    const Scenario scenarios[] = {
        {"CREATE FILE, the MF", blank, [] {}, [&] { return exchange("80E03F000D38FFFFAAAA00FFFFFFFFFFFFFF"); }},
        {"CREATE FILE, the key file", blank, directories, [&] { return exchange("80E00000073F020001AAFFFF"); }},
        {"CREATE FILE", blank, directories, [&] { return exchange("80E0001707A80019F0F0FF9B"); }},
        {"WRITE KEY in clear", blank, key_file, [&] { return exchange("80D4000013000000" + sam_keys::control.hex); }},
        {"WRITE KEY in clear, over the old one", blank,
         [&] {
             key_file();
             done("80D4000713" + new_key);
         },
         [&] { return exchange("80D4000713280700" + sam_keys::control.hex); }},
    };
    for (const auto& scenario : scenarios)
        cut_everywhere(scenario);
}

// A key under MAC: the try is taken, given back, and then the key is written: three states after the first.
TEST_F(IssuingCutTest, OfAnIssuedSam) {
    const auto issued = [&] { insert_psam(); };
    const Scenario scenarios[] = {
        {"WRITE KEY", issued, [&] { log_in_and_ask(); }, [&] { return write_after_challenge("07", new_key); }, 3},
        {"WRITE KEY, over the old one", issued, [&] { log_in_and_ask(); },
         [&] { return write_after_challenge("01", "280700" + new_key.substr(6)); }, 3},
        {"WRITE KEY, the master control key", issued, [&] { log_in_and_ask(); },
         [&] { return write_after_challenge("00", "000000" + new_key.substr(6)); }, 3},
        {"WRITE KEY, three records for one key", issued, [&] { log_in_and_ask(); },
         [&] { return write_after_challenge("01", "0F0100" + new_key.substr(6)); }, 3},
        {"WRITE KEY, wrong MAC", issued, [&] { log_in_and_ask(); },
         [&] {
             return exchange(spoilt(sealed_command("84D40007", sealed(sam_keys::control, new_key), sam_keys::control)));
         },
         1, "9302"},
        {"EXTERNAL AUTHENTICATION", issued, [&] { challenge("A1B2C3D4"); },
         [&] { return exchange("0082000008" + by_hand::authentication(sam_keys::control, "A1B2C3D4")); }, 2},
        {"EXTERNAL AUTHENTICATION, wrong", issued, [&] { challenge("A1B2C3D4"); },
         [&] { return exchange("00820000080000000000000000"); }, 1, "63C2"},
        {"UPDATE BINARY with MAC", issued, [&] { challenge("A1B2C3D4"); },
         [&] { return exchange(sealed_command("04D69700", "02", sam_keys::maintenance)); }, 3},
        {"APPLICATION BLOCK", issued, [&] { challenge("A1B2C3D4"); },
         [&] { return exchange(sealed_command("841E0000", "", sam_keys::maintenance)); }, 3},
        {"APPLICATION UNBLOCK", issued,
         [&] {
             (void)send_sealed("841E0000", "", sam_keys::maintenance);
             challenge("A1B2C3D4");
         },
         [&] { return exchange(sealed_command("84180000", "", sam_keys::maintenance)); }, 2},
        {"CARD BLOCK", issued, [&] { challenge("A1B2C3D4"); },
         [&] { return exchange(sealed_command("84160000", "", sam_keys::maintenance)); }, 3},
        {"ERASE DF", issued, [&] { log_in(); }, [&] { return exchange("800E000000"); }},
    };
    for (const auto& scenario : scenarios)
        cut_everywhere(scenario);
}

// Three wrong answers, each cut off right behind the write that counts it, block the key all the same.
TEST_F(IssuingCutTest, ACutGivesNoTryBack) {
    const auto wrong_key = [&] {
        return exchange(spoilt(sealed_command("84D40007", sealed(sam_keys::control, new_key), sam_keys::control)));
    };
    const auto wrong_log_in = [&] { return exchange("00820000080000000000000000"); };
    insert_psam();
    log_in_and_ask();
    const auto before = sam_->memory().writes();
    EXPECT_EQ(wrong_key(), "9302");
    const auto writes = sam_->memory().writes() - before;
    for (int tries = 2; tries > 0; --tries) {
        power_again();
        challenge("A1B2C3D4");
        sam_->cut_power_at(Chip::Cut{writes - 1, true});
        EXPECT_EQ(wrong_log_in(), "");
    }
    power_again();
    EXPECT_EQ(authenticate("00", sam_keys::control), "6983");
}

} // namespace
} // namespace tongka::simulator
