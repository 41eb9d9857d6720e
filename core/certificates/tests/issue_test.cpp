#include <openssl/x509v3.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/certificates/tests/chain.hpp"

namespace tongka::core::certificates::test {
namespace {

using testing::HasSubstr;

TEST(Issue, every_level_says_what_it_is_and_may) {
    const Chain chain;
    EXPECT_EQ(chain.root.certificate.subject(), "CN=Root,OU=root,C=CN");
    EXPECT_EQ(chain.city.certificate.subject(), "CN=City 2144,serialNumber=2144,OU=city,C=CN");
    EXPECT_EQ(chain.card.subject(), "CN=Card,serialNumber=2144000000000001,OU=card,C=CN");
    EXPECT_EQ(chain.card.issuer(), chain.city.certificate.subject());
    EXPECT_EQ(chain.root.certificate.path_length(), 1);
    EXPECT_EQ(chain.city.certificate.path_length(), 0);
    EXPECT_FALSE(chain.card.is_authority());
    EXPECT_TRUE(chain.city.certificate.allows(KU_KEY_CERT_SIGN | KU_CRL_SIGN));
    EXPECT_TRUE(chain.card.allows(KU_DIGITAL_SIGNATURE));
    EXPECT_FALSE(chain.card.allows(KU_KEY_CERT_SIGN));
    EXPECT_TRUE(chain.card.has_sm2_key() && chain.card.has_sm2_signature());
}

TEST(Issue, serial_numbers_are_long_and_differ) {
    const Chain chain;
    EXPECT_NE(chain.card.serial(), chain.city.certificate.serial());
    EXPECT_GE(chain.card.serial().size(), 26U) << "of 128 bits, 24 leading zeros are as good as impossible";
}

TEST(Issue, a_level_issues_the_next_one_alone) {
    const Chain chain;
    const auto request = [&](Kind kind, const char* number) {
        return must(Request::create({kind, number, "Other", ""}, must(PrivateKey::generate())));
    };
    const Validity validity{day(0), day(5)};
    EXPECT_THAT(issue(request(Kind::city, "2150"), validity, chain.city).error().message,
                HasSubstr("is a city and cannot issue a city"));
    EXPECT_THAT(issue(request(Kind::psam, "01"), validity, chain.root).error().message,
                HasSubstr("is a root and cannot issue a psam"));
    const auto card = must(Issuer::create(
        chain.card, must(PrivateKey::read(must(chain.card_key.encrypted("pass phrase", Form::der)), "pass phrase"))));
    EXPECT_THAT(issue(request(Kind::terminal, "01"), validity, card).error().message, HasSubstr("is not a CA"));
    EXPECT_THAT(issue(request(Kind::root, ""), validity, chain.root).error().message, HasSubstr("signs itself"));
}

TEST(Issue, the_validity_stays_within_the_issuers) {
    const Chain chain;
    const auto request = must(Request::create({Kind::card, "01", "Card", ""}, must(PrivateKey::generate())));
    EXPECT_TRUE(issue(request, {day(0), day(50)}, chain.city));
    EXPECT_THAT(issue(request, {day(0), day(51)}, chain.city).error().message,
                HasSubstr("goes beyond the issuer's validity"));
    EXPECT_THAT(issue(request, {day(-1), day(5)}, chain.city).error().message, HasSubstr("goes beyond"));
    EXPECT_THAT(issue(request, {day(5), day(4)}, chain.city).error().message, HasSubstr("before it begins"));
}

TEST(Issue, an_issuer_needs_the_key_of_its_certificate) {
    const Chain chain;
    EXPECT_THAT(Issuer::create(chain.city.certificate, must(PrivateKey::generate())).error().message,
                HasSubstr("is not the one of 'CN=City 2144"));
}

TEST(Issue, a_request_is_signed_by_the_key_in_it) {
    const auto request = must(Request::create({Kind::card, "01", "Card", ""}, must(PrivateKey::generate())));
    for (const auto form : {Form::pem, Form::der})
        EXPECT_EQ(must(Request::read(request.encoded(form))).subject().number, "01");
    const auto der = request.encoded(Form::der);
    for (std::size_t i = 0; i < der.size(); ++i) {
        auto altered = der;
        altered[i] ^= 0x01;
        EXPECT_FALSE(Request::read(altered)) << "byte " << i;
    }
}

TEST(Issue, subjects_that_are_not_ours_are_refused) {
    const auto refused = [](const Subject& subject) { return to_name(subject).error().message; };
    EXPECT_THAT(refused({Kind::card, "", "Card", ""}), HasSubstr("a card needs a number"));
    EXPECT_THAT(refused({Kind::root, "1", "Root", ""}), HasSubstr("a root has no number"));
    EXPECT_THAT(refused({Kind::city, "214", "City", ""}), HasSubstr("not a city code of 4 digits"));
    EXPECT_THAT(refused({Kind::card, "12 4", "Card", ""}), HasSubstr("not a number"));
    EXPECT_THAT(refused({Kind::card, "12", "", ""}), HasSubstr("no name"));
    EXPECT_THAT(refused({Kind::card, "12", "a\nb", ""}), HasSubstr("control"));
    EXPECT_THAT(refused({Kind::card, "12", std::string(65, 'a'), ""}), HasSubstr("string too long"));
    EXPECT_THAT(refused({Kind::card, "12", "\xFF\xFE", ""}), HasSubstr("cannot be the subject's CN"));
}

TEST(Issue, names_may_be_chinese) {
    const Subject subject{Kind::city, "2144", "某城市密钥管理中心", "城市一卡通"};
    const auto name = must(to_name(subject));
    EXPECT_EQ(must(read_subject(name.get())), subject);
    EXPECT_THAT(to_text(name.get()), HasSubstr("CN=某城市密钥管理中心"));
}

} // namespace
} // namespace tongka::core::certificates::test
