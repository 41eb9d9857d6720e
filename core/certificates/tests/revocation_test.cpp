#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/certificates/tests/chain.hpp"

namespace tongka::core::certificates::test {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

TEST(Revocation, a_list_grows_and_counts) {
    const Chain chain;
    const auto other = issue_to({Kind::psam, "01", "PSAM", ""}, must(PrivateKey::generate()), chain.city, 0, 30);
    const auto second =
        must(chain.city_list.next(chain.city, {day(1), day(11)}, &chain.card, RevocationReason::key_compromise));
    const auto third = must(second.next(chain.city, {day(2), day(12)}, &other));
    const auto fourth = must(must(RevocationList::read(third.encoded(Form::pem))).next(chain.city, {day(3), day(13)}));

    EXPECT_EQ(chain.city_list.number(), "1");
    EXPECT_EQ(fourth.number(), "4");
    EXPECT_EQ(fourth.this_update(), day(3));
    EXPECT_EQ(fourth.next_update(), day(13));
    ASSERT_EQ(fourth.revocations().size(), 2U);
    const auto entry = fourth.find(chain.card);
    ASSERT_TRUE(entry);
    EXPECT_EQ(entry->since, day(1));
    EXPECT_EQ(entry->reason, RevocationReason::key_compromise);
    EXPECT_EQ(fourth.find(other)->reason, RevocationReason::unspecified);
    EXPECT_FALSE(fourth.find(chain.city.certificate));
}

TEST(Revocation, a_list_is_extended_by_its_issuer_alone) {
    const Chain chain;
    const auto other_city = make_city("2150", chain.root);
    const Validity next{day(1), day(11)};
    EXPECT_THAT(chain.city_list.next(other_city, next).error().message, HasSubstr("was not made by 'CN=City 2150"));
    EXPECT_THAT(chain.city_list.next(chain.city, next, &other_city.certificate).error().message,
                HasSubstr("was not issued by 'CN=City 2144"));
    EXPECT_THAT(chain.root_list.next(chain.root, next, &chain.root.certificate).error().message,
                HasSubstr("cannot revoke itself"));
    const auto listed = must(chain.city_list.next(chain.city, next, &chain.card));
    EXPECT_THAT(listed.next(chain.city, next, &chain.card).error().message,
                HasSubstr("is revoked already, since 2026-11-24"));
    EXPECT_THAT(listed.next(chain.city, {day(0), day(10)}).error().message, HasSubstr("later than now"));
}

TEST(Revocation, every_altered_byte_of_a_list_shows) {
    const Chain chain;
    const auto der = must(chain.city_list.next(chain.city, {day(1), day(11)}, &chain.card)).encoded(Form::der);
    for (std::size_t i = 0; i < der.size(); ++i)
        for (const Byte mask : {0x01, 0x80, 0xFF}) {
            auto altered = der;
            altered[i] ^= mask;
            const auto list = RevocationList::read(altered);
            EXPECT_FALSE(list && list->is_signed_by(chain.city.certificate)) << "byte " << i;
        }
}

TEST(Revocation, a_city_or_a_card_that_is_revoked_is_told) {
    const Chain chain;
    auto trust = chain.trust();
    trust.lists[1] =
        must(chain.city_list.next(chain.city, {day(1), day(11)}, &chain.card, RevocationReason::superseded));
    const auto card = verify(chain.card, trust, day(2));
    EXPECT_THAT(told(card), ElementsAre("revoked CN=Card"));
    EXPECT_EQ(card.problems.at(0).detail, "since 2026-11-24T00:00:00Z, superseded");

    trust.lists[0] = must(chain.root_list.next(chain.root, {day(1), day(11)}, &chain.city.certificate));
    EXPECT_THAT(told(verify(chain.card, trust, day(2))), ElementsAre("revoked CN=City 2144", "revoked CN=Card"));
    trust.ask_lists = false;
    EXPECT_TRUE(verify(chain.card, trust, day(2)).valid());
}

TEST(Revocation, the_newest_list_counts) {
    const Chain chain;
    auto trust = chain.trust();
    const auto newer = must(chain.city_list.next(chain.city, {day(1), day(11)}, &chain.card));
    trust.lists = {chain.root_list, newer, chain.city_list};
    EXPECT_THAT(told(verify(chain.card, trust, day(2))), ElementsAre("revoked CN=Card"));
    trust.lists = {chain.root_list, chain.city_list, newer};
    EXPECT_THAT(told(verify(chain.card, trust, day(2))), ElementsAre("revoked CN=Card"));
    // What an expired list revoked stays revoked where no newer one says otherwise.
    EXPECT_THAT(told(verify(chain.card, {chain.root.certificate, {chain.city.certificate}, {newer}}, day(20))),
                ElementsAre("list-missing CN=City 2144", "revoked CN=Card"));
}

TEST(Revocation, a_list_that_does_not_serve_is_told_apart) {
    const Chain chain;
    auto trust = chain.trust();
    EXPECT_TRUE(verify(chain.card, trust, day(10)).valid()) << "the last second counts";
    EXPECT_THAT(told(verify(chain.card, trust, day(11))),
                ElementsAre("list-expired CN=City 2144", "list-expired CN=Card"));

    trust.lists = {chain.city_list};
    EXPECT_THAT(told(verify(chain.card, trust, day(1))), ElementsAre("list-missing CN=City 2144"));
    trust.lists = {chain.root_list};
    EXPECT_THAT(told(verify(chain.card, trust, day(1))), ElementsAre("list-missing CN=Card"));
    trust.lists = {chain.root_list, must(RevocationList::create(chain.city, {day(2), day(3)}))};
    EXPECT_THAT(told(verify(chain.card, trust, day(1))), ElementsAre("list-not-yet-valid CN=Card"));

    auto der = chain.city_list.encoded(Form::der);
    der.back() ^= 1;
    trust.lists = {chain.root_list, must(RevocationList::read(der))};
    EXPECT_THAT(told(verify(chain.card, trust, day(1))), ElementsAre("list-bad-signature CN=Card"));
}

} // namespace
} // namespace tongka::core::certificates::test
