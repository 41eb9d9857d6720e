#include "simulator/isam/tests/isam_fixture.hpp"

namespace tongka::simulator {
namespace {

/// Loads without a host (clauses.md E, F; what is inferred of them stands in docs/decisions/0008-sams.md).
class IsamLoadTest : public IsamCommandTest {};

TEST_F(IsamLoadTest, LoadsASimulatedCard) {
    const auto card = make_card(profile_, std::make_unique<core::SeededRandom>(2)).value();
    (void)card->power_on();
    const auto ask = [&](const std::string& hex) { return core::to_hex(card->exchange(by_hand::bytes(hex))); };
    (void)ask("00A4040009A00000000386980701");
    EXPECT_EQ(log_in(), "9000");
    const auto init = data_of(ask("805000020B01000001F4" + std::string(terminal) + "10"));
    ASSERT_EQ(init.size(), 32U);
    const auto random_and_counter = init.substr(16, 8) + init.substr(8, 4);
    const auto mac1_data = init.substr(0, 8) + "000001F4" + "02" + terminal;
    EXPECT_EQ(load_mac(mac1_data, random_and_counter), init.substr(24, 8) + "9000") << "MAC1 of the card";
    const auto mac = data_of(load_mac(mac2_data("000001F4"), random_and_counter));
    EXPECT_EQ(ask("805200000B" + std::string(moment) + mac + "04").substr(8), "9000");
    EXPECT_EQ(ask("805C000204"), "000002589000") << "100 and 500";
    EXPECT_EQ(left(), 500U);
    EXPECT_EQ(counter(), 8U);
}

TEST_F(IsamLoadTest, BothMacsAreThoseOfTheHandAlsoOfAnEdAndPadded) {
    EXPECT_EQ(log_in(), "9000");
    for (const std::string type : {"01", "02"}) {
        const auto first = "00000064000001F4" + type + terminal;
        EXPECT_EQ(load_mac(first), right_mac(first) + "9000");
        EXPECT_EQ(load_mac(first + "800000"), right_mac(first) + "9000") << "as a terminal was seen to send it";
        const auto second = "00000064" + type + terminal + moment;
        EXPECT_EQ(load_mac(second), right_mac(second) + "9000");
    }
    EXPECT_EQ(left(), 800U) << "MAC1 takes nothing off";
    EXPECT_EQ(counter(), 9U);
}

TEST_F(IsamLoadTest, OtherDataGetsNoMac) {
    EXPECT_EQ(log_in(), "9000");
    EXPECT_EQ(load_mac("00000064"
                       "06" +
                       std::string(terminal) + moment),
              "6A80")
        << "that of a purchase";
    EXPECT_EQ(load_mac(mac2_data("00000064") + "00"), "6A80");
    EXPECT_EQ(load_mac(mac2_data("00000064").substr(2)), "6A80");
    EXPECT_EQ(derive("2B01", asn), "9000");
    EXPECT_EQ(crypt("05", "0000000000000000"
                          "0102030405060708"),
              "6985")
        << "nor by another mode";
    EXPECT_EQ(crypt("00", "0102030405060708"), "6985");
    EXPECT_EQ(left(), 1000U);
    EXPECT_EQ(counter(), 7U);
}

TEST_F(IsamLoadTest, NothingWithoutALogIn) {
    EXPECT_EQ(mac2("00000001"), "6982");
    EXPECT_EQ(derive("2801", asn), "6982") << "other keys neither";
    EXPECT_EQ(log_in(), "9000");
    EXPECT_EQ(mac2("00000001").substr(8), "9000");
    EXPECT_EQ(mac2("00000001").substr(8), "9000") << "one log-in, many loads";
    (void)sam_->reset();
    (void)exchange(select_application);
    EXPECT_EQ(mac2("00000001"), "6982");
    EXPECT_EQ(log_in(), "9000");
    done(select_application);
    EXPECT_EQ(mac2("00000001"), "6982");
    EXPECT_EQ(left(), 998U) << "a reset ends the log-in, not the limit";
}

// A key opened by a log-in is gone with it: else a SELECT later the ISAM would still load.
TEST_F(IsamLoadTest, AKeyOpenedByALogInEndsWithIt) {
    EXPECT_EQ(log_in(), "9000");
    EXPECT_EQ(derive("2B01", asn), "9000");
    done(select_application);
    EXPECT_EQ(crypt("01", "A1A2A3A40003" + mac2_data("00000001")), "6985");
    EXPECT_EQ(left(), 1000U);
}

TEST_F(IsamLoadTest, TheAmountIsLimited) {
    EXPECT_EQ(log_in(), "9000");
    EXPECT_EQ(mac2("000003E9"), "9401");
    EXPECT_EQ(mac2("FFFFFFFF"), "9401");
    EXPECT_EQ(mac2("000003E7").substr(8), "9000");
    EXPECT_EQ(mac2("00000002"), "9401");
    EXPECT_EQ(mac2("00000001").substr(8), "9000") << "to the last fen";
    EXPECT_EQ(mac2("00000001"), "9401");
    EXPECT_EQ(left(), 0U);
    EXPECT_EQ(counter(), 9U) << "what was refused was not counted";
    EXPECT_EQ(set_limit("00000064", "20261231235959"), "9000");
    EXPECT_EQ(mac2("00000064").substr(8), "9000");
}

TEST_F(IsamLoadTest, TheTimeIsLimited) {
    EXPECT_EQ(log_in(), "9000");
    EXPECT_EQ(mac2("00000001", "20261231235959").substr(8), "9000") << "the last second";
    EXPECT_EQ(mac2("00000001", "20270101000000"), "6985");
    EXPECT_EQ(mac2("00000001", "20261231240000"), "6985");
    EXPECT_EQ(left(), 999U);
}

TEST_F(IsamLoadTest, OnlyTheHostSetsTheLimit) {
    const auto data = std::string("FFFFFFFF") + "20991231235959" + "000001";
    EXPECT_EQ(exchange("00D69B000E" + data), "6987");
    challenge("A1B2C3D4");
    EXPECT_EQ(exchange(spoilt(sealed_command("04D69B00", data, sam_keys::maintenance))), "6988");
    EXPECT_EQ(left(), 1000U);
    EXPECT_EQ(send_sealed("04D69800", "00000000", sam_keys::maintenance), "6982") << "nor anybody the counter";
}

TEST_F(IsamLoadTest, ALogInHasThreeTries) {
    const auto wrong = [&] {
        challenge("A1B2C3D4");
        return exchange("00820001080000000000000000");
    };
    EXPECT_EQ(exchange("0082000108" + by_hand::authentication(sam_keys::host, "A1B2C3D4")), "6984");
    EXPECT_EQ(wrong(), "63C2");
    EXPECT_EQ(log_in(), "9000") << "gives it back";
    EXPECT_EQ(wrong(), "63C2");
    EXPECT_EQ(mac2("00000001").substr(8), "9000") << "a wrong one does not log out";
    EXPECT_EQ(wrong(), "63C1");
    EXPECT_EQ(wrong(), "63C0");
    EXPECT_EQ(log_in(), "6983");
    power_again();
    EXPECT_EQ(log_in(), "6983");
    EXPECT_EQ(mac2("00000001"), "6982");
}

TEST_F(IsamLoadTest, LoadsAreNotCountedFromTheBeginningAgain) {
    profile_.isam->counter = 0xFFFFFFFE;
    insert();
    EXPECT_EQ(log_in(), "9000");
    EXPECT_EQ(mac2("00000001").substr(8), "9000");
    EXPECT_EQ(mac2("00000001"), "9402");
    EXPECT_EQ(counter(), 0xFFFFFFFFU);
    EXPECT_EQ(left(), 999U);
}

} // namespace
} // namespace tongka::simulator
