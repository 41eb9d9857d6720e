#include <gtest/gtest.h>

#include "core/crypto/derivation.hpp"
#include "core/document/parse.hpp"
#include "core/hex.hpp"
#include "core/profile/keys.hpp"

namespace tongka::core {
namespace {

using F = std::array<Byte, 8>;

constexpr std::string_view master = "00112233445566778899AABBCCDDEEFF";
constexpr F asn{0x21, 0x44, 0, 0, 0, 0, 0, 1};
constexpr F reversed_asn{1, 0, 0, 0, 0, 0, 0x44, 0x21};
constexpr F chip{1, 2, 3, 4, 5, 6, 7, 8};
constexpr F city{0x21, 0x44, 0xFF, 0, 0, 0, 0, 0};
constexpr F city_of_ff{0x21, 0x44, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF};

std::vector<NamedKey> read(const std::string& yaml) {
    return read_keys(document::parse(yaml, "k").value(), KeyForm::card).value();
}

/// What DPK.01 and DAMK.01, both from `master`, become under a rule.
std::pair<std::string, std::string> derived(std::string_view rule = {}, std::string_view choice = {}) {
    Rules rules;
    if (!rule.empty()) {
        EXPECT_TRUE(rules.set(rule, choice));
    }
    auto keys = read(R"({DPK.01: "00112233445566778899AABBCCDDEEFF", DAMK.01: "00112233445566778899AABBCCDDEEFF"})");
    CardProfile card;
    card.asn = asn;
    card.city = {0x21, 0x44};
    card.chip_serial = chip;
    derive_card_keys(keys, card, rules);
    return {to_hex(keys[0].key.bytes()), to_hex(keys[1].key.bytes())};
}

std::string expected(std::vector<F> factors) {
    const Key key = Key::create(Algorithm::triple_des, from_hex(master).value()).value();
    return to_hex(diversify(key, factors).bytes());
}

TEST(Keys, DerivedByCityAndCard) {
    // standards.md 5.5
    EXPECT_EQ(derived().first, "501EA976E900F47BF22A9B01364896D7");
    EXPECT_EQ(derived().second, derived().first);
}

TEST(Keys, TheFactorOfACityIsARule) {
    EXPECT_EQ(derived("city-factor-padding", "FF").first, expected({city_of_ff, asn}));
}

TEST(Keys, MaintenanceKeysAreDerivedByRulesOfTheirOwn) {
    const auto usual = expected({city, asn});
    EXPECT_EQ(derived("maintenance-key-factor", "chip-serial"), std::pair(usual, expected({city, chip})));
    EXPECT_EQ(derived("maintenance-key-factor", "asn-reversed"), std::pair(usual, expected({city, reversed_asn})));
    EXPECT_EQ(derived("maintenance-key-levels", "1"), std::pair(usual, expected({asn})));
}

TEST(Keys, EightBytesAreADesKeyUnlessToldOtherwise) {
    const auto keys = read(
        R"({UK.01: "0102030405060708", IK.01: {value: "1122334455667788"}, DTK: {value: "00112233445566778899AABBCCDDEEFF", algorithm: sm4}})");
    EXPECT_EQ(keys[0].key.algorithm(), Algorithm::des);
    EXPECT_EQ(keys[1].key.algorithm(), Algorithm::des);
    EXPECT_EQ(keys[2].key.algorithm(), Algorithm::sm4);
    const auto wrong = document::parse(R"({DTK: {value: "0102030405060708", algorithm: 3des}})", "k").value();
    EXPECT_EQ(read_keys(wrong, KeyForm::card).error().message, "k:1:15: key DTK: a key for 3des has 16 bytes, not 8");
}

} // namespace
} // namespace tongka::core
