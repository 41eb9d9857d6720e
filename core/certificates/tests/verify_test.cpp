#include <array>
#include <set>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/certificates/tests/chain.hpp"

namespace tongka::core::certificates::test {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* ca = "critical,CA:TRUE";
constexpr const char* signs = "critical,keyCertSign,cRLSign";

Trust without_lists(const Certificate& root, std::vector<Certificate> between) {
    return {root, std::move(between), {}, false};
}

TEST(Verify, a_right_chain_is_valid_at_every_level) {
    const Chain chain;
    const auto verdict = verify(chain.card, chain.trust(), day(1));
    EXPECT_THAT(told(verdict), IsEmpty());
    ASSERT_EQ(verdict.chain.size(), 3U);
    EXPECT_EQ(verdict.chain[1].subject(), chain.city.certificate.subject());
    EXPECT_THAT(told(verify(chain.city.certificate, chain.trust(), day(1))), IsEmpty());
    EXPECT_THAT(told(verify(chain.root.certificate, chain.trust(), day(1))), IsEmpty());
}

TEST(Verify, dates_count_from_the_first_second_to_the_last) {
    const auto root = make_root("Root", 40);
    const auto city = make_city("2144", root, 2, 20);
    const auto card = issue_to({Kind::card, "01", "Card", ""}, must(PrivateKey::generate()), city, 5, 10);
    const auto trust = without_lists(root.certificate, {city.certificate});
    const auto second = std::chrono::seconds(1);
    EXPECT_TRUE(verify(card, trust, day(5)).valid());
    EXPECT_TRUE(verify(card, trust, day(10)).valid());
    EXPECT_THAT(told(verify(card, trust, day(5) - second)), ElementsAre("not-yet-valid CN=Card"));
    EXPECT_THAT(told(verify(card, trust, day(10) + second)), ElementsAre("expired CN=Card"));
    EXPECT_THAT(told(verify(card, trust, day(1))), ElementsAre("not-yet-valid CN=City 2144", "not-yet-valid CN=Card"));
    EXPECT_THAT(told(verify(card, trust, day(41))),
                ElementsAre("expired CN=Root", "expired CN=City 2144", "expired CN=Card"));
    EXPECT_EQ(verify(card, trust, day(11)).problems.at(0).detail, "since 2026-12-03T00:00:00Z");
}

TEST(Verify, another_issuer_is_told_by_name) {
    const Chain chain;
    const auto other = make_city("2150", chain.root);
    const auto missing = verify(chain.card, without_lists(chain.root.certificate, {other.certificate}), day(1));
    EXPECT_THAT(told(missing), ElementsAre("wrong-issuer CN=Card"));
    EXPECT_THAT(missing.problems.at(0).detail, HasSubstr("'CN=City 2144,serialNumber=2144,OU=city,C=CN' is not among"));

    const auto namesake = make_city("2144", chain.root);
    const auto swapped = verify(chain.card, without_lists(chain.root.certificate, {namesake.certificate}), day(1));
    EXPECT_THAT(told(swapped), ElementsAre("wrong-issuer CN=Card"));
    EXPECT_THAT(swapped.problems.at(0).detail, HasSubstr("has its issuer's name, but"));
}

TEST(Verify, a_key_that_takes_anothers_name_does_not_pass) {
    const Chain chain;
    // No key identifiers here: only the signature tells the two apart.
    const auto true_key = must(PrivateKey::generate());
    const auto false_key = must(PrivateKey::generate());
    const auto true_city = odd_certificate("City", true_key.native(), chain.root, ca, signs);
    const auto false_city =
        must(Issuer::create(odd_certificate("City", false_key.native(), chain.root, ca, signs),
                            must(PrivateKey::read(must(false_key.encrypted("12345678", Form::der)), "12345678"))));
    const auto card = odd_certificate("Card", chain.card_key.native(), false_city, "CA:FALSE", "digitalSignature");
    EXPECT_THAT(told(verify(card, without_lists(chain.root.certificate, {true_city}), day(1))),
                ElementsAre("bad-signature CN=Card"));
}

TEST(Verify, another_root_is_not_trusted) {
    const Chain chain;
    const auto other = make_root("Other root");
    const auto between = std::vector{chain.city.certificate, chain.root.certificate};
    EXPECT_THAT(told(verify(chain.card, without_lists(other.certificate, between), day(1))),
                ElementsAre("untrusted CN=Root"));
    EXPECT_THAT(told(verify(chain.root.certificate, without_lists(other.certificate, {}), day(1))),
                ElementsAre("untrusted CN=Root"));
    EXPECT_THAT(
        told(verify(chain.card, without_lists(make_root("Root").certificate, {chain.city.certificate}), day(1))),
        ElementsAre("wrong-issuer CN=City 2144"));
}

TEST(Verify, an_issuer_that_is_not_a_ca) {
    const Chain chain;
    const auto key = must(PrivateKey::generate());
    const auto make_issuer = [&](const char* constraints, const char* usage) {
        return must(
            Issuer::create(odd_certificate("Middle", key.native(), chain.root, constraints, usage),
                           must(PrivateKey::read(must(key.encrypted("pass phrase", Form::der)), "pass phrase"))));
    };
    const auto told_of = [&](const char* constraints, const char* usage) {
        const auto middle = make_issuer(constraints, usage);
        const auto card = odd_certificate("Card", chain.card_key.native(), middle, "CA:FALSE", "digitalSignature");
        return told(verify(card, without_lists(chain.root.certificate, {middle.certificate}), day(1)));
    };
    EXPECT_THAT(told_of(ca, signs), IsEmpty());
    EXPECT_THAT(told_of("CA:FALSE", "digitalSignature"), ElementsAre("not-authority CN=Middle"));
    EXPECT_THAT(told_of("CA:FALSE", signs), Contains("not-authority CN=Middle"));
    EXPECT_THAT(told_of(nullptr, signs), ElementsAre("not-authority CN=Middle"));
    EXPECT_THAT(told_of(ca, "digitalSignature"), ElementsAre("key-usage CN=Middle"));
    EXPECT_THAT(told_of(ca, nullptr), ElementsAre("key-usage CN=Middle"));
}

TEST(Verify, a_card_that_may_not_sign) {
    const Chain chain;
    const auto card = odd_certificate("Odd", chain.card_key.native(), chain.city, "CA:FALSE", "keyEncipherment");
    EXPECT_THAT(told(verify(card, without_lists(chain.root.certificate, {chain.city.certificate}), day(1))),
                ElementsAre("key-usage CN=Odd"));
}

TEST(Verify, a_city_below_a_city_is_one_too_many) {
    const Chain chain;
    const auto key = must(PrivateKey::generate());
    const auto below =
        must(Issuer::create(odd_certificate("Below", key.native(), chain.city, ca, signs),
                            must(PrivateKey::read(must(key.encrypted("pass phrase", Form::der)), "pass phrase"))));
    const auto card = odd_certificate("Odd", chain.card_key.native(), below, "CA:FALSE", "digitalSignature");
    EXPECT_THAT(
        told(verify(card, without_lists(chain.root.certificate, {chain.city.certificate, below.certificate}), day(1))),
        Contains("path-too-long CN=City 2144"));
}

TEST(Verify, every_altered_byte_is_refused) {
    const Chain chain;
    const auto refused = [&](const Certificate& root, const Certificate& city, const Certificate& card) {
        return !verify(card, {root, {city}, {chain.root_list, chain.city_list}}, day(1)).valid();
    };
    for (int which = 0; which < 3; ++which) {
        std::array all{chain.root.certificate, chain.city.certificate, chain.card};
        const auto der = all[static_cast<std::size_t>(which)].encoded(Form::der);
        for (std::size_t i = 0; i < der.size(); ++i)
            for (const Byte mask : {0x01, 0x20, 0xFF}) {
                auto altered = der;
                altered[i] ^= mask;
                const auto read = Certificate::read(altered);
                if (!read)
                    continue;
                all[static_cast<std::size_t>(which)] = *read;
                EXPECT_TRUE(refused(all[0], all[1], all[2])) << "certificate " << which << ", byte " << i;
            }
    }
}

TEST(Verify, faults_have_names_of_their_own) {
    std::set<std::string_view> names;
    for (int i = 0; i <= static_cast<int>(Fault::list_malformed); ++i)
        EXPECT_TRUE(names.insert(name(static_cast<Fault>(i))).second);
}

} // namespace
} // namespace tongka::core::certificates::test
