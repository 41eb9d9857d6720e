#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "core/profile/profile.hpp"

namespace tongka::core {
namespace {

const std::string well = R"(profile: small
card:
  asn: "2144000000000001"
  city: "2144"
  interface: contact
  start_date: "20260101"
  expiry_date: "20361231"
  security_code: "90800960A7F716C6B4"
  pin: "123456"
  master: {DPK.01: "00112233445566778899AABBCCDDEEFF"}
  ep: {balance: 1000, offline_counter: 6}
  random: ["47800CF7"]
psam:
  serial: "21440000000000000001"
  terminal: "112233445566"
  keys: {DPK.01: {master: "00112233445566778899AABBCCDDEEFF", version: "02", levels: 2, algorithm: sm4}}
  terminal_counter: 41
rules: {log-counter: after}
)";

std::string error_of(std::string_view from, std::string_view to) {
    std::string text = well;
    text.replace(text.find(from), from.size(), to);
    const auto profile = parse_profile(text, "p.yaml");
    return profile ? "no error" : profile.error().message;
}

TEST(Profile, SaysWhatItsFileSays) {
    const Profile profile = parse_profile(well, "p.yaml").value();
    EXPECT_EQ(profile.name, "small");
    EXPECT_EQ(profile.card.interface, CardInterface::contact);
    EXPECT_EQ(profile.card.ep.balance, 1000U);
    EXPECT_EQ(profile.card.ep.offline_counter, 6);
    EXPECT_EQ(profile.card.random.front(), from_hex("47800CF7").value());
    EXPECT_EQ(profile.psam.terminal_counter, 41U);
    EXPECT_EQ(profile.psam.keys.front().version, 2);
    EXPECT_EQ(profile.psam.keys.front().key.algorithm(), Algorithm::sm4);
    EXPECT_TRUE(profile.rules.is(Rule::log_counter, "after"));
    EXPECT_TRUE(profile.rules.is(Rule::wrong_mac1, "dropped")) << "the default";
}

// standards.md 5.5: master, then city 2144, then ASN 2144000000000001.
TEST(Profile, MastersBecomeTheKeysOfTheCard) {
    const Profile profile = parse_profile(well, "p.yaml").value();
    const NamedKey* key = find_key(profile.card.keys, "DPK", 1);
    ASSERT_NE(key, nullptr);
    EXPECT_EQ(to_hex(key->key.bytes()), "501EA976E900F47BF22A9B01364896D7");
}

TEST(Profile, WhatIsWrongIsToldWithItsPlaceAndWithoutTheKey) {
    EXPECT_EQ(error_of("{DPK.01: \"00112233445566778899AABBCCDDEEFF\"}", "{DPK.01: \"0011223344\"}"),
              "p.yaml:10:20: key DPK.01: a key for 3des has 16 bytes, not 5");
    EXPECT_EQ(error_of("DPK.01: \"00", "DPX.01: \"00"),
              "p.yaml:10:12: there is no key kind 'DPX': did you mean 'DPK'?");
    EXPECT_EQ(error_of("city: \"2144\"", "city: \"21440\""),
              "p.yaml:4:9: city: half a byte at column 5: hexadecimal digits come in pairs");
    EXPECT_EQ(error_of("balance: 1000", "balance: 16777216"),
              "p.yaml:11:17: balance must be a decimal number up to 16777215, not '16777216'");
    EXPECT_EQ(error_of("log-counter: after", "log-counter: never"),
              "p.yaml:18:9: rule 'log-counter' is one of before, after, not 'never'");
    EXPECT_EQ(error_of("log-counter", "log-countre"),
              "p.yaml:18:9: there is no rule 'log-countre': did you mean 'log-counter'?");
    EXPECT_EQ(error_of("interface: contact", "interfac: contact").substr(0, 12), "p.yaml:5:3: ");
}

TEST(Profile, TheDefaultProfileLoads) {
    const auto profile = load_profile(TONGKA_SOURCE_DIR "/testcases/profiles/city-union.yaml");
    ASSERT_TRUE(profile) << profile.error().message;
    EXPECT_EQ(profile->name, "city-union");
}

} // namespace
} // namespace tongka::core
