#include "simulator/key_cards/tests/key_card_fixture.hpp"

namespace tongka::simulator {
namespace {

using core::Algorithm;
using core::Byte;
using core::Bytes;
using core::BytesView;

using KeyCardRefusals = KeyCardTest;

/// The cards of another pair, whose number says that they are this one.
CardPair impostor(const CardPair& pair) {
    core::SeededRandom random(1000);
    auto other = new_card_pair(pair.city, pair.transport.algorithm(), random).value();
    other.number = pair.number;
    return other;
}

TEST_F(KeyCardRefusals, AnAuthenticationCardOfAnotherPairCostsNoTry) {
    core::SeededRandom random(1000);
    const auto other = new_card_pair(jiaxing, algorithm_, random).value();
    const auto tries = mother_->memory().image();
    authentication_ =
        make_authentication_card(other, right_pin_bytes, std::make_unique<core::SeededRandom>(3), random).value();
    (void)authentication_->power_on();
    EXPECT_EQ(error(), "authentication card: it belongs to another mother card");
    EXPECT_EQ(mother_->memory().image(), tries);
}

TEST_F(KeyCardRefusals, ThreeWrongAuthenticationsBlockTheMotherCardForEver) {
    core::SeededRandom random(1001);
    authentication_ = make_authentication_card(impostor(made().pair), right_pin_bytes,
                                               std::make_unique<core::SeededRandom>(3), random)
                          .value();
    for (const char* left : {"63C2), 2", "63C1), 1", "63C0), 0"}) {
        power_again();
        EXPECT_EQ(error(), "mother card: EXTERNAL AUTHENTICATION: refused (" + std::string(left) + " tries left");
    }
    power_again();
    EXPECT_EQ(error(), "mother card: EXTERNAL AUTHENTICATION: refused (6983), no tries left");
    authentication_ = inserted<AuthenticationCard>(algorithm_, made().authentication, 5);
    power_again();
    EXPECT_EQ(error(), "mother card: EXTERNAL AUTHENTICATION: refused (6983), no tries left") << "the right card";
    EXPECT_TRUE(store_.records().empty());
    EXPECT_EQ(mother_->emptyings_left(), 1U);
}

TEST_F(KeyCardRefusals, AMotherCardThatDoesNotHaveTheTransportKeyGivesNothing) {
    core::SeededRandom random(1002);
    auto other = impostor(made().pair);
    other.authentication = made().pair.authentication; // what it is shown it takes
    mother_ = make_mother_card(other, made().keys, std::make_unique<core::SeededRandom>(3), random).value();
    (void)mother_->power_on();
    EXPECT_EQ(error(), "mother card: answer to it: refused (63C2), 2 tries left");
    for (const char* answer : {"63C1", "63C0"}) {
        EXPECT_EQ(authenticate(), "9000");
        EXPECT_EQ(mother("80F0010000"), "6C09");
        EXPECT_EQ(mother("80F002001102" + std::string(32, '0')), answer);
    }
    EXPECT_EQ(authenticate(), "9000");
    EXPECT_EQ(mother("80F0010000"), "6983") << "three wrong answers block the transport key for ever";
    EXPECT_TRUE(store_.records().empty());
    EXPECT_EQ(mother_->emptyings_left(), 1U) << "no key had left";
}

TEST_F(KeyCardRefusals, ThreeWrongPinsBlockTheAuthenticationCard) {
    const Bytes wrong{0x12, 0x34, 0x57};
    for (const char* left : {"63C2), 2", "63C1), 1", "63C0), 0"})
        EXPECT_EQ(receive(wrong).error().message,
                  "authentication card: VERIFY: refused (" + std::string(left) + " tries left");
    EXPECT_EQ(receive(wrong).error().message, "authentication card: VERIFY: refused (6983), no tries left");
    power_again();
    EXPECT_EQ(error(), "authentication card: VERIFY: refused (6983), no tries left") << "the right one";
}

TEST_F(KeyCardRefusals, NothingWithoutAuthenticationOrPin) {
    EXPECT_EQ(authentication("0088000108"
                             "0102030405060708"),
              "6982");
    EXPECT_EQ(authentication("80F2000010"
                             "01020304050607080102030405060708"),
              "6982");
    EXPECT_EQ(mother("80F0010000"), "6982");
    EXPECT_EQ(mother("80F002001102" + std::string(32, '0')), "6985");
    EXPECT_EQ(mother("80F0030000"), "6985");
    EXPECT_EQ(mother("0082000108"
                     "0000000000000000"),
              "6984")
        << "no challenge";
    ASSERT_EQ(authentication("0020000003123456"), "9000");
    ASSERT_EQ(authenticate(), "9000");
    EXPECT_EQ(mother("80F0030000"), "6985") << "no transfer was begun";
    EXPECT_EQ(mother("80F0010000"), "6C09");
    EXPECT_EQ(mother("80F0030000"), "6985") << "the receiver has proved nothing";
    EXPECT_EQ(mother("80F0010000"), "6982") << "each transfer has an authentication of its own";
    ASSERT_EQ(authenticate(), "9000");
    (void)mother_->reset();
    EXPECT_EQ(mother("80F0010000"), "6982") << "a reset ends it";
    (void)authentication_->reset();
    EXPECT_EQ(authentication("0088000108"
                             "0102030405060708"),
              "6982")
        << "and the PIN";
}

TEST_F(KeyCardRefusals, TheKeysOfTheCardServeOneThingEach) {
    ASSERT_EQ(authentication("0020000003123456"), "9000");
    EXPECT_EQ(authentication("0088000208"
                             "0102030405060708"),
              "6A86")
        << "the transport key enciphers nothing";
    EXPECT_EQ(authentication("0088010108"
                             "0102030405060708"),
              "6A86")
        << "nothing is deciphered";
    EXPECT_EQ(authentication("0088000110"
                             "01020304050607080102030405060708"),
              "6700");
    (void)mother("0084000008");
    EXPECT_EQ(mother("0082000208"
                     "0000000000000000"),
              "6982")
        << "the transport key authenticates nobody";
    (void)mother("0084000008");
    EXPECT_EQ(mother("0082000008"
                     "0000000000000000"),
              "6983")
        << "the control key is gone";
    EXPECT_EQ(mother("80F0040000"), "6A86");
    EXPECT_EQ(mother("80F0010100"), "6A86");
    EXPECT_EQ(mother("80F00100010000"), "6700");
    EXPECT_EQ(mother("80F0020000"), "6700");
}

TEST_F(KeyCardRefusals, TheStoreIsLookedAtBeforeAnythingIsSpent) {
    const auto before = std::pair(mother_->memory().image(), authentication_->memory().image());
    ASSERT_TRUE(store_.add(made().keys[0].record, made().keys[0].key));
    EXPECT_EQ(error(), "the store has keys already: receive into an empty one, and import from there");
    store_ = core::MemoryKeyStore({{{0x33, 0x01}}});
    EXPECT_EQ(error(), "mother card: its keys are of city 2144, the store's of 3301");
    EXPECT_EQ(receive(line_of(*authentication_), line_of(*mother_)).error().message,
              "mother card: file 0015 says that it is no mother card");
    EXPECT_EQ(std::pair(mother_->memory().image(), authentication_->memory().image()), before);
}

TEST_F(KeyCardRefusals, NoCommandReadsTheKeysOrWritesAClosedCard) {
    EXPECT_EQ(mother("00B0830000"), "6982");
    EXPECT_EQ(mother("00B0810000"), "6982") << "nor the state of its life";
    EXPECT_EQ(mother("00B0800000"), "6981") << "nor the key file";
    EXPECT_EQ(mother("00B0820001"), "019000");
    for (KeyCard* card : {static_cast<KeyCard*>(mother_.get()), static_cast<KeyCard*>(authentication_.get())}) {
        const auto before = card->memory().image();
        for (const unsigned cla : {0x00, 0x04, 0x80, 0x84})
            for (unsigned ins = 0; ins < 256; ++ins) {
                if (ins == 0x20 || ins == 0x82) // take tries
                    continue;
                for (const char* rest : {"000000", "0001151539F0EF01330102030405060708090A0B0C0D0E0F10", "83000101"})
                    (void)ask(*card, core::to_hex(Bytes{static_cast<Byte>(cla), static_cast<Byte>(ins)}) + rest);
            }
        EXPECT_EQ(card->memory().image(), before);
        for (const char* writes : {"80E0002007280001F0F0FFFF", "80D401051539F0EF01330102030405060708090A0B0C0D0E0F10",
                                   "00D6830001AA", "80F4000000", "800E000000"})
            EXPECT_EQ(ask(*card, writes), "6D00") << writes;
    }
}

TEST_F(KeyCardRefusals, AnOpenCardGivesNothingAndIsClosedWhenItIsComplete) {
    MotherCard card(algorithm_, std::make_unique<core::SeededRandom>(1));
    (void)card.power_on();
    EXPECT_EQ(ask(card, "80F4000000"), "6985");
    EXPECT_EQ(ask(card, "80F0010000"), "6D00");
    EXPECT_EQ(ask(card, "00B0830000"), "6D00");
    // All of it but the last piece of the keys.
    core::SeededRandom random(4);
    unsigned pieces = 0;
    const auto losing = [&](BytesView command) -> core::Result<Bytes> {
        if (command[1] == 0xD6 && ++pieces == 4)
            return Bytes{0x90, 0x00};
        return core::to_bytes(card.exchange(command));
    };
    const auto issued = issue_mother_card(losing, made().pair, made().keys, 1, random);
    ASSERT_FALSE(issued);
    EXPECT_EQ(issued.error().message, "the mother card answered 6985 to 80F4000000");
    EXPECT_FALSE(card.closed());
}

TEST_F(KeyCardRefusals, AtTheCentre) {
    core::SeededRandom random(4);
    const auto message = [&](const CardPair& pair, const std::vector<core::KeyEntry>& keys, unsigned emptyings = 1) {
        const auto made = make_mother_card(pair, keys, std::make_unique<core::SeededRandom>(1), random, emptyings);
        return made ? "" : made.error().message;
    };
    auto keys = made().keys;
    EXPECT_EQ(message(made().pair, {}), "there is no key for the mother card");
    EXPECT_EQ(message(made().pair, keys, 0), "a mother card can be emptied 1 to 255 times");
    EXPECT_EQ(message(made().pair, keys, 256), "a mother card can be emptied 1 to 255 times");
    keys.push_back(keys[0]);
    EXPECT_EQ(message(made().pair, keys), "key " + core::to_text(keys[0].record.name) + " comes twice");
    keys = made().keys;
    keys[1].record.state = core::KeyState::destroyed;
    EXPECT_EQ(message(made().pair, keys), "key " + core::to_text(keys[1].record.name) + " was destroyed");
    keys[1].record.state = core::KeyState::current;
    keys[1].record.check_value[0] ^= 1;
    EXPECT_EQ(message(made().pair, keys),
              "key " + core::to_text(keys[1].record.name) + " is not the one that its record describes");
    const auto pin =
        make_authentication_card(made().pair, Bytes{0x12}, std::make_unique<core::SeededRandom>(1), random);
    EXPECT_EQ(pin.error().message, "a PIN has 2 to 6 bytes");
    EXPECT_FALSE(new_card_pair(jiaxing, Algorithm::des, random));
}

} // namespace
} // namespace tongka::simulator
