#include <map>

#include "simulator/psam/tests/psam_fixture.hpp"

namespace tongka::simulator {
namespace {

using by_hand::HandKey;

/// INIT_SAM_FOR_PURCHASE, CREDIT_SAM_FOR_PURCHASE, their error counter (standards.md 4.3, 5).
class PurchaseSamTest : public PsamCommandTest {};

// standards.md 4.3 has the exchange without its keys; 5.5 has MAC1 and MAC2 of it under keys of its own.
TEST_F(PurchaseSamTest, ThePublishedExchangeReplays) {
    EXPECT_EQ(accept_card(), "9000");
    EXPECT_EQ(exchange("8070000024"
                       "47800CF7000600000001062008100914075901002144000000000001"
                       "2144FF0000000000"),
              "6108");
    EXPECT_EQ(exchange("00C0000008"), "00000029FDB95F5B9000");
    EXPECT_EQ(exchange("80720000044190FFB5"), "9000");
}

TEST_F(PurchaseSamTest, OneTwoAndThreeLevelsAndSm4) {
    const std::string bank = "0102030405060708";
    const struct {
        const char* key; // version and algorithm
        std::string factors;
        HandKey card_key;
    } kinds[] = {
        {"0100", std::string(asn) + city, by_hand::diversified(sam_keys::purchase, {city, asn})},
        {"0200", asn, by_hand::diversified(sam_keys::purchase_one, {asn})},
        {"0300", asn + bank + city, by_hand::diversified(sam_keys::purchase_three, {city, bank, asn})},
        {"0404", std::string(asn) + city, by_hand::diversified(sam_keys::purchase_sm4, {city, asn})},
    };
    std::string serial = "00000029";
    for (const auto& kind : kinds) {
        EXPECT_EQ(accept_card(), "9000");
        const auto key = session(kind.card_key, serial);
        EXPECT_EQ(fetch(begin("00000064", kind.factors, kind.key)), serial + mac1(key, "00000064") + "9000")
            << kind.key;
        EXPECT_EQ(finish(by_hand::mac(key, "00000064")), "9000") << kind.key;
        serial = core::to_hex(core::big_endian(core::read_big_endian(by_hand::bytes(serial)) + 1, 4));
    }
}

TEST_F(PurchaseSamTest, FactorsByTheOtherOrder) {
    ASSERT_TRUE(profile_.rules.set("factor-order", "outer-first"));
    insert_psam();
    const auto key = session(by_hand::diversified(sam_keys::purchase, {asn, city}), "00000029");
    EXPECT_EQ(start("00000001"), "00000029" + mac1(key, "00000001") + "9000");
}

TEST_F(PurchaseSamTest, TheSerialNumberOutlivesPower) {
    (void)start("00000001");
    power_again();
    EXPECT_EQ(start("00000001").substr(0, 8), "0000002A");
    EXPECT_EQ(exchange("00B0980004"), "0000002B9000");
}

TEST_F(PurchaseSamTest, ASerialNumberIsNeverTakenASecondTime) {
    profile_.psam.counter = 0xFFFFFFFE;
    insert_psam();
    EXPECT_EQ(start("00000001").substr(0, 8), "FFFFFFFE");
    EXPECT_EQ(accept_card(), "9000");
    EXPECT_EQ(begin("00000001"), "9402") << "after the last one there is none";
    power_again();
    EXPECT_EQ(accept_card(), "9000");
    EXPECT_EQ(begin("00000001"), "9402");
}

TEST_F(PurchaseSamTest, WrongMac2sInARowBlockTheKeyUntilTheApplicationIsUnblocked) {
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(fail(), "9302");
    const auto begun = start("00000001");
    EXPECT_EQ(finish(by_hand::mac(session(begun), "00000001")), "9000") << "gives the two back";
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(fail(), "9302");
    EXPECT_EQ(accept_card(), "9000");
    EXPECT_EQ(begin("00000001"), "6983");
    EXPECT_EQ(fetch(begin("00000001", asn, "0200")).substr(16), "9000") << "another key";
    power_again();
    EXPECT_EQ(accept_card(), "9000");
    EXPECT_EQ(begin("00000001"), "6983");
    EXPECT_EQ(unblock(), "9000");
    const auto again = start("00000001");
    EXPECT_EQ(finish(by_hand::mac(session(again), "00000001")), "9000");
}

TEST_F(PurchaseSamTest, AWrongUnblockLeavesTheKeyBlocked) {
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(fail(), "9302");
    challenge("A1B2C3D4");
    EXPECT_EQ(exchange(spoilt(sealed_command("84180000", "", sam_keys::maintenance))), "6988");
    EXPECT_EQ(accept_card(), "9000");
    EXPECT_EQ(begin("00000001"), "6983");
    EXPECT_EQ(unblock(), "9000");
    EXPECT_EQ(start("00000001").substr(16), "9000");
}

TEST_F(PurchaseSamTest, ANewKeyInItsPlaceHasNoErrors) {
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(fail(), "9302");
    EXPECT_EQ(authenticate("00", sam_keys::control), "9000");
    EXPECT_EQ(write_key("01", "420100" + sam_keys::purchase_one.hex), "9000");
    const auto key = session(by_hand::diversified(sam_keys::purchase_one, {city, asn}), "0000002C");
    EXPECT_EQ(start("00000001"), "0000002C" + mac1(key, "00000001") + "9000");
}

TEST_F(PurchaseSamTest, PowerCuts) {
    const auto insert = [&] { insert_psam(); };
    std::string mac2;
    const auto begun = [&] {
        const auto answer = start("00000001");
        mac2 = by_hand::mac(session(answer), "00000001");
    };
    const Scenario scenarios[] = {
        {"INIT_SAM_FOR_PURCHASE", insert, [&] { EXPECT_EQ(accept_card(), "9000"); },
         [&] { return fetch(begin("00000001")); }},
        {"CREDIT_SAM_FOR_PURCHASE", insert, begun, [&] { return finish(mac2); }, 2},
        {"CREDIT_SAM_FOR_PURCHASE, wrong", insert, begun, [&] { return finish("00000000"); }, 1, "9302"},
        {"APPLICATION UNBLOCK after errors", insert,
         [&] {
             (void)fail();
             challenge("A1B2C3D4");
         },
         [&] { return exchange(sealed_command("84180000", "", sam_keys::maintenance)); }, 2},
    };
    for (const auto& scenario : scenarios)
        cut_everywhere(scenario);
}

// Three wrong MAC2s, each cut off right behind the write that counts it.
TEST_F(PurchaseSamTest, ACutGivesNoErrorBack) {
    (void)start("00000001");
    const auto before = sam_->memory().writes();
    EXPECT_EQ(finish("00000000"), "9302");
    const auto writes = sam_->memory().writes() - before;
    for (int errors = 1; errors < 3; ++errors) {
        (void)start("00000001");
        sam_->cut_power_at(Chip::Cut{writes - 1, true});
        EXPECT_EQ(finish("00000000"), "");
        power_again();
    }
    EXPECT_EQ(accept_card(), "9000");
    EXPECT_EQ(begin("00000001"), "6983");
}

// Whatever is cut off, one serial number never goes with two MAC1s: purchases of growing amounts, each other one of
// them cut off at another write.
TEST_F(PurchaseSamTest, ASerialNumberNeverComesWithAnotherMac1) {
    EXPECT_EQ(accept_card(), "9000");
    const auto before = sam_->memory().writes();
    (void)begin("00000001");
    const auto writes = sam_->memory().writes() - before;
    std::map<std::string, std::string> given;
    unsigned amount = 1;
    unsigned last = counter();
    for (std::uint64_t at = 0; at < writes; ++at)
        for (const bool after : {false, true}) {
            EXPECT_EQ(accept_card(), "9000");
            sam_->cut_power_at(Chip::Cut{at, after});
            EXPECT_EQ(begin(core::to_hex(core::big_endian(++amount, 4))), "");
            power_again();
            const auto now = counter();
            EXPECT_TRUE(now == last || now == last + 1) << at << after;
            const auto answer = data_of(start(core::to_hex(core::big_endian(++amount, 4))));
            EXPECT_TRUE(given.emplace(answer.substr(0, 8), answer.substr(8)).second) << answer;
            last = counter();
            EXPECT_EQ(last, now + 1);
        }
}

} // namespace
} // namespace tongka::simulator
