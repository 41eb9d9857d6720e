#include "simulator/card/appearance.hpp"
#include "simulator/card/tests/card_fixture.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;

core::Profile with_interface(core::CardInterface interface,
                             core::ContactProtocol protocol = core::ContactProtocol::t0) {
    auto profile = published_profile();
    profile.card.interface = interface;
    profile.card.protocol = protocol;
    return profile;
}

std::shared_ptr<Card> issued(const core::Profile& profile) {
    return make_card(profile, std::make_unique<core::SeededRandom>(1)).value();
}

std::string ask(Chip& chip, std::string_view hex) {
    return core::to_hex(chip.exchange(core::from_hex(hex).value()));
}

TEST(AnswerToReset, IsMadeOfTheHistoricalBytes) {
    // standards.md 2.1: 3B 6D 00 00 and 13 historical bytes.
    EXPECT_EQ(core::to_hex(contact_atr(Protocol::t0, "00112233445566778899AABBCC"_hex)),
              "3B6D000000112233445566778899AABBCC");
    const auto t1 = contact_atr(Protocol::t1, "4142"_hex);
    EXPECT_EQ(core::to_hex(t1).substr(0, 20), "3BE200008131FE454142");
    core::Byte all = 0;
    for (const auto byte : core::BytesView(t1).subspan(1))
        all ^= byte;
    EXPECT_EQ(all, 0) << "TCK makes the exclusive-or of T0 to TCK zero";
    EXPECT_EQ(core::to_hex(pseudo_atr("4142"_hex)), "3B828001414200"); // 82 ^ 80 ^ 01 ^ 41 ^ 42
}

TEST(Interface, OverT1AnAnswerComesAtOnce) {
    const auto card = issued(with_interface(core::CardInterface::contact, core::ContactProtocol::t1));
    (void)card->power_on();
    EXPECT_EQ(card->faces(), 1U);
    EXPECT_TRUE(card->uid().empty());
    EXPECT_EQ(ask(*card, "00A4040009A0000000038698070100").substr(0, 2), "6F");
    EXPECT_EQ(ask(*card, "805C000204"), "000000649000");
}

TEST(Interface, OverT0AnAnswerWaitsForGetResponse) {
    const auto card = issued(with_interface(core::CardInterface::contact));
    (void)card->power_on();
    const auto selected = ask(*card, "00A4040009A00000000386980701");
    ASSERT_EQ(selected.substr(0, 2), "61");
    EXPECT_EQ(ask(*card, "00C00000" + selected.substr(2)).substr(0, 2), "6F");
    EXPECT_EQ(ask(*card, "805C000200"), "6C04");
    EXPECT_EQ(ask(*card, "805C000204"), "000000649000");
}

class DualInterfaceTest : public testing::Test {
protected:
    DualInterfaceTest()
        : card(issued(with_interface(core::CardInterface::dual))), antenna(card, 0), contacts(card, 1) {}

    std::shared_ptr<Card> card;
    ChipFace antenna;
    ChipFace contacts;
};

TEST_F(DualInterfaceTest, ShowsTwoFaces) {
    EXPECT_EQ(core::to_hex(antenna.power_on()).substr(0, 8), "3B8B8001");
    EXPECT_FALSE(antenna.uid().empty());
    EXPECT_EQ(core::to_hex(contacts.power_on()).substr(0, 8), "3B6D0000");
    EXPECT_TRUE(contacts.uid().empty());
}

TEST_F(DualInterfaceTest, SharesOneMemory) {
    (void)antenna.power_on();
    (void)ask(antenna, "00A4040009A00000000386980701");
    EXPECT_EQ(ask(antenna, "0020000003111111"), "63C2") << "one try is gone";
    antenna.power_off();
    (void)contacts.power_on();
    (void)ask(contacts, "00A4040009A00000000386980701");
    EXPECT_EQ(ask(contacts, "0020000003111111"), "63C1");
}

TEST_F(DualInterfaceTest, PowerOnOneFaceTakesItFromTheOther) {
    (void)antenna.power_on();
    (void)ask(antenna, "00A4040009A00000000386980701");
    (void)ask(antenna, "805001020B01000000010011223344550F");
    (void)contacts.power_on();
    EXPECT_EQ(ask(antenna, "805C000204"), "") << "the field has lost the chip";
    EXPECT_EQ(ask(contacts, "805C000204"), "6A82") << "and the chip began anew, in the MF";
    antenna.power_off();
    EXPECT_EQ(ask(contacts, "0084000004").size(), 12U) << "a field that goes does not touch the contacts";
    EXPECT_TRUE(antenna.reset().empty());
}

TEST_F(DualInterfaceTest, AWarmResetKeepsThePowerAndEndsTheSession) {
    (void)antenna.power_on();
    (void)ask(antenna, "00A4040009A00000000386980701");
    EXPECT_FALSE(antenna.reset().empty());
    EXPECT_EQ(ask(antenna, "805C000204"), "6A82");
}

} // namespace
} // namespace tongka::simulator
