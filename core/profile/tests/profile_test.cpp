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
    EXPECT_EQ(profile.psam.counter, 41U);
    EXPECT_EQ(profile.psam.keys.front().version, 2);
    EXPECT_EQ(profile.psam.keys.front().key.algorithm(), Algorithm::sm4);
    EXPECT_TRUE(profile.rules.is(Rule::log_counter, "after"));
    EXPECT_TRUE(profile.rules.is(Rule::wrong_mac1, "dropped")) << "the default";
}

Profile with(std::string_view from, std::string_view to) {
    std::string text = well;
    text.replace(text.find(from), from.size(), to);
    return parse_profile(text, "p.yaml").value();
}

TEST(Profile, TheChipIsWhatItIsUsuallyUnlessTold) {
    const CardProfile usual = with("  interface: contact\n", "").card;
    EXPECT_EQ(usual.interface, CardInterface::contactless);
    EXPECT_EQ(usual.protocol, ContactProtocol::t0);
    EXPECT_EQ(usual.memory, 32768U);
    EXPECT_EQ(to_hex(usual.chip_serial), "0000000000000001") << "the end of the ASN";
    const CardProfile told = with("interface: contact\n", "interface: dual\n  protocol: t1\n  memory: 65536\n"
                                                          "  chip_serial: \"0000000066799D24\"\n")
                                 .card;
    EXPECT_EQ(told.interface, CardInterface::dual);
    EXPECT_EQ(told.protocol, ContactProtocol::t1);
    EXPECT_EQ(told.memory, 65536U);
    EXPECT_EQ(to_hex(told.chip_serial), "0000000066799D24");
}

TEST(Profile, ACardHasAnEpAndAnEdWhereOneIsTold) {
    EXPECT_FALSE(parse_profile(well, "p.yaml")->card.ed);
    const CardProfile card =
        with("  ep: {balance: 1000, offline_counter: 6}",
             "  ed: {balance: 7, overdraft_limit: 16777215, online_counter: 65535, offline_counter: 2}")
            .card;
    ASSERT_TRUE(card.ed);
    EXPECT_EQ(card.ed->balance, 7U);
    EXPECT_EQ(card.ed->overdraft_limit, 0xFFFFFFU);
    EXPECT_EQ(card.ed->online_counter, 0xFFFF);
    EXPECT_EQ(card.ed->offline_counter, 2);
    EXPECT_EQ(card.ep.balance, 0U);
}

TEST(Profile, TheBalanceEndsWhereItsRuleSays) {
    std::string text = well;
    text.replace(text.find("balance: 1000"), 13, "balance: 4294967295");
    EXPECT_FALSE(parse_profile(text, "p.yaml"));
    text.replace(text.find("{log-counter: after}"), 20, "{balance-limit: FFFFFFFF}");
    EXPECT_EQ(parse_profile(text, "p.yaml").value().card.ep.balance, 0xFFFFFFFF);
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
    EXPECT_EQ(error_of("interface: contact", "interface: contactles"),
              "p.yaml:5:14: interface is one of contactless, contact, dual, not 'contactles': did you mean "
              "'contactless'?");
    EXPECT_EQ(error_of("interface: contact", "interfac: contact").substr(0, 12), "p.yaml:5:3: ");
}

} // namespace
} // namespace tongka::core
