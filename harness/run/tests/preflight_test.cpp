#include "core/hex.hpp"
#include "harness/run/preflight.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

/// What is wrong, as one text.
std::string wrong(const core::Profile& profile, int days_on = 0) {
    // 2026-07-01, and so many days on
    const core::FixedClock clock(core::Clock::Time(std::chrono::days(20635 + days_on)));
    std::string told;
    for (const auto& finding : preflight(simulated_devices(), profile, clock))
        if (!finding.well)
            told += std::string(finding.subject.en) + ": " + finding.text + "\n";
    return told;
}

TEST(Preflight, FindsNothingWrongWithWhatIsRight) {
    EXPECT_EQ(wrong(default_profile()), "");
}

TEST(Preflight, TellsAnotherCardAnotherPsamOtherKeysAndAWrongClock) {
    auto profile = default_profile();
    profile.card.asn[7] = 2;
    EXPECT_NE(wrong(profile).find("user card: the card's ASN is 2144000000000001, the profile's is 2144000000000002"),
              std::string::npos);
    profile = default_profile();
    profile.psam.terminal[0] = 0x99;
    EXPECT_NE(wrong(profile).find("PSAM: the PSAM's terminal number is 112233445566"), std::string::npos);
    profile = default_profile();
    for (auto& key : profile.card.keys)
        key.key = core::Key::create(core::Algorithm::triple_des, core::Bytes(16, 0x77)).value();
    EXPECT_NE(wrong(profile).find("load key: MAC1 of INITIALIZE FOR LOAD is not made with the profile's DLK.01"),
              std::string::npos);
    EXPECT_NE(wrong(default_profile(), 365 * 30).find("clock: today is"), std::string::npos);
}

TEST(Preflight, ShowsNoKey) {
    auto profile = default_profile();
    for (auto& key : profile.card.keys)
        key.key = core::Key::create(core::Algorithm::triple_des, core::Bytes(16, 0x77)).value();
    EXPECT_EQ(wrong(profile).find("7777"), std::string::npos);
}

} // namespace
} // namespace tongka::harness
