#include "simulator/sam/tests/blank_sam.hpp"

namespace tongka::simulator {
namespace {

using by_hand::HandKey;

const HandKey first{"A0A1A2A3A4A5A6A7A8A9AAABACADAEAF"};
const HandKey second{"B0B1B2B3B4B5B6B7B8B9BABBBCBDBEBF"};
const std::string both_one_level = "280100"; // usage, version, algorithm

/// WRITE KEY of a SAM (standards.md 5.4 F; docs/decisions/0008-sams.md).
class WriteSamKeyTest : public BlankSamTest {};

// standards.md 5.4 F: the same key is master control key and purchase key; the random number was 5D72B3FD.
TEST_F(WriteSamKeyTest, ThePublishedKeyLoadReplaysByteForByte) {
    const HandKey key{"00112233445566778899AABBCCDDEEFF"};
    prepare(key);
    create_file("0018", "280004F0EFFF9B");
    challenge("5D72B3FD");
    done("84D400001C"
         "DCC0BB5793ABFCA2CA8C1624822F6E01A86A0B5CBED191DD"
         "8A9D4ADB");
    // 22 is a purchase key of one level; vector E is its diversification by 1122334455667788.
    done("80CA000009900000000000000000");
    const auto answer = send("807000001C"
                             "112233440000000010000620120229135100"
                             "0000"
                             "1122334455667788");
    const HandKey session = by_hand::session_of({"496BD7A3513644533100B54E71196528"}, "1122334400000000");
    EXPECT_EQ(answer, "00000000" +
                          by_hand::mac(session, "0000100006"
                                                "000000000000"
                                                "20120229135100") +
                          "9000");
}

TEST_F(WriteSamKeyTest, OnceTheMasterControlKeyStandsAKeyComesEnciphered) {
    create_directories();
    create_key_file();
    EXPECT_EQ(write_plain("01", both_one_level + first.hex), "9000") << "nobody owns the directory yet";
    EXPECT_EQ(write_plain("00", "000000" + sam_keys::control.hex), "9000");
    EXPECT_EQ(write_plain("02", both_one_level + first.hex), "6982");
    EXPECT_EQ(write_key("02", both_one_level + first.hex), "6982") << "not logged in";
    EXPECT_EQ(authenticate("00", sam_keys::control), "9000");
    EXPECT_EQ(write_plain("02", both_one_level + first.hex), "6982") << "logged in, but in clear";
    EXPECT_EQ(send_sealed("84D40002", both_one_level + first.hex, sam_keys::control), "6988") << "a MAC is not enough";
    EXPECT_EQ(shown("02"), "6A88");
    EXPECT_EQ(write_key("02", both_one_level + first.hex), "9000");
    EXPECT_EQ(shown("01"), showing(first));
    EXPECT_EQ(shown("02"), showing(first));
}

TEST_F(WriteSamKeyTest, AWrongMacCostsTheMasterControlKeyATry) {
    prepare();
    const auto write = [&](core::Byte flip) {
        challenge("A1B2C3D4");
        auto command = by_hand::bytes(sealed_command(
            "84D40001", by_hand::sealed(sam_keys::control, both_one_level + first.hex), sam_keys::control));
        command.back() ^= flip;
        return exchange(core::to_hex(command));
    };
    for (int i = 0; i < 2; ++i)
        EXPECT_EQ(write(1), "9302");
    EXPECT_EQ(shown("01"), "6A88") << "nothing was written";
    EXPECT_EQ(write(0), "9000") << "gives the tries back";
    for (int i = 0; i < 3; ++i)
        EXPECT_EQ(write(0x80), "9302");
    EXPECT_EQ(write(0), "6983");
    EXPECT_EQ(authenticate("00", sam_keys::control), "6983");
    power_again();
    EXPECT_EQ(authenticate("00", sam_keys::control), "6983") << "for good";
}

TEST_F(WriteSamKeyTest, AChallengeServesOnce) {
    prepare();
    const auto command =
        sealed_command("84D40001", by_hand::sealed(sam_keys::control, both_one_level + first.hex), sam_keys::control);
    EXPECT_EQ(exchange(command), "6984");
    challenge("A1B2C3D4");
    EXPECT_EQ(exchange(command), "9000");
    EXPECT_EQ(exchange(command), "6984") << "the same bytes once more";
}

TEST_F(WriteSamKeyTest, AKeyOfThisUsageAndIdIsWrittenOver) {
    prepare();
    EXPECT_EQ(write_key("01", both_one_level + first.hex), "9000");
    EXPECT_EQ(write_key("02", both_one_level + first.hex), "9000");
    EXPECT_EQ(write_key("01", both_one_level + second.hex), "9000");
    EXPECT_EQ(shown("01"), showing(second));
    EXPECT_EQ(shown("02"), showing(first)) << "another id";
    EXPECT_EQ(write_key("01", "480100" + first.hex), "9000") << "two levels are another usage";
    EXPECT_EQ(shown("01"), showing(second));
    EXPECT_EQ(write_key("01", "280104" + first.hex), "9000") << "another algorithm, the same usage and id";
    EXPECT_EQ(derive("2801", "1122334455667788"), "9000");
    const HandKey sm4 = by_hand::diversified({first.hex, true}, {"1122334455667788"});
    EXPECT_EQ(crypt("00", "000102030405060708090A0B0C0D0E0F"),
              by_hand::enciphered(sm4, "000102030405060708090A0B0C0D0E0F") + "9000");
}

// A key of another length does not fit the old one's place, and may not stand behind it either, where nobody finds it.
TEST_F(WriteSamKeyTest, AKeyOfAnotherLengthIsRefusedAndTheOldOneStays) {
    prepare();
    EXPECT_EQ(write_key("01", both_one_level + first.hex), "9000");
    EXPECT_EQ(write_key("01", "2801011122334455667788"), "6A80");
    EXPECT_EQ(shown("01"), showing(first));
}

TEST_F(WriteSamKeyTest, TheMasterControlKeyIsWrittenOverToo) {
    prepare();
    EXPECT_EQ(write_key("00", "000000" + second.hex), "9000");
    EXPECT_EQ(authenticate("00", sam_keys::control), "63C2");
    EXPECT_EQ(authenticate("00", second), "9000");
    EXPECT_EQ(write_key("01", both_one_level + first.hex, second), "9000");
    EXPECT_EQ(shown("01"), showing(first));
}

// Both kinds serve EXTERNAL AUTHENTICATION: one may not slip into the other's place.
TEST_F(WriteSamKeyTest, Id00IsTheMasterControlKeysAlone) {
    prepare();
    EXPECT_EQ(write_key("00", "0E0100" + second.hex), "6A80") << "an authentication key";
    EXPECT_EQ(write_key("01", "000100" + second.hex), "6A80") << "a master control key";
    EXPECT_EQ(authenticate("00", sam_keys::control), "9000");
    EXPECT_EQ(authenticate("01", second), "6A88");
    EXPECT_EQ(write_key("01", "0E0100" + second.hex), "9000");
    EXPECT_EQ(authenticate("01", second), "9000");
    EXPECT_EQ(write_key("02", both_one_level + first.hex), "6982") << "its state is not the master's";
}

TEST_F(WriteSamKeyTest, AnInternalKeyEnciphersDeciphersAndMakesMacs) {
    prepare();
    EXPECT_EQ(write_key("01", "0F0100" + first.hex), "9000");
    const std::string data = "0102030405060708";
    EXPECT_EQ(send("0088000108" + data), by_hand::enciphered(first, data) + "9000");
    EXPECT_EQ(send("0088010108" + by_hand::enciphered(first, data)), data + "9000");
    EXPECT_EQ(send("0088020108" + data), by_hand::mac(first, data) + "9000");
    EXPECT_EQ(write_key("01", "0F0100" + second.hex), "9000");
    EXPECT_EQ(send("0088000108" + data), by_hand::enciphered(second, data) + "9000");
    EXPECT_EQ(send("0088020108" + data), by_hand::mac(second, data) + "9000");
}

TEST_F(WriteSamKeyTest, DataThatIsNoKeyIsRefused) {
    prepare();
    for (const auto& key :
         std::vector<std::string>{std::string("28"), std::string("280100"), "280100" + first.hex + "00",
                                  "280100" + first.hex.substr(2), "2801001122334455667788", "280102" + first.hex,
                                  "280101" + first.hex, "880100" + first.hex, "210100" + first.hex})
        EXPECT_EQ(write_key("01", key), "6A80") << key;
    EXPECT_EQ(send_sealed("84D40001", std::string(48, '5'), sam_keys::control), "6988") << "no cryptogram";
    EXPECT_EQ(exchange("80D40101" + with_length(both_one_level + first.hex)), "6A86");
    EXPECT_EQ(shown("01"), "6A88");
}

TEST_F(WriteSamKeyTest, AFullKeyFileTakesNoMoreButIsWrittenOver) {
    prepare(sam_keys::control, "0030"); // two records of 8 + 16 bytes
    EXPECT_EQ(write_key("01", both_one_level + first.hex), "9000");
    EXPECT_EQ(write_key("02", both_one_level + first.hex), "6A84");
    EXPECT_EQ(shown("02"), "6A88");
    EXPECT_EQ(write_key("01", both_one_level + second.hex), "9000");
    EXPECT_EQ(shown("01"), showing(second));
}

// Three records for one key: with room for two of them none is written.
TEST_F(WriteSamKeyTest, AnInternalKeyFitsWholeOrNotAtAll) {
    prepare(sam_keys::control, "0060"); // four records
    EXPECT_EQ(write_key("01", both_one_level + first.hex), "9000");
    EXPECT_EQ(write_key("01", "0F0100" + first.hex), "6A84");
    EXPECT_EQ(exchange("0088000108"
                       "0102030405060708"),
              "6A88");
    EXPECT_EQ(write_key("02", both_one_level + first.hex), "9000") << "the room is still there";
    EXPECT_EQ(write_key("03", both_one_level + first.hex), "9000");
    EXPECT_EQ(write_key("04", both_one_level + first.hex), "6A84");
}

TEST_F(WriteSamKeyTest, EachDirectoryHasItsOwnKeys) {
    EXPECT_EQ(write_plain("00", "000000" + first.hex), "6A82") << "no files at all";
    create_directories();
    EXPECT_EQ(write_plain("00", "000000" + first.hex), "6A82") << "no key file";
    create_key_file();
    EXPECT_EQ(write_plain("00", "000000" + sam_keys::control.hex), "9000");
    EXPECT_EQ(authenticate("00", sam_keys::control), "9000");
    EXPECT_EQ(write_key("01", both_one_level + first.hex), "9000");
    done(select_master_file);
    create_key_file();
    EXPECT_EQ(shown("01"), "6A88");
    EXPECT_EQ(write_plain("00", "000000" + second.hex), "9000");
    done(select_application);
    EXPECT_EQ(write_key("02", both_one_level + first.hex), "6982") << "the log-in ended with SELECT";
    EXPECT_EQ(authenticate("00", second), "63C2");
    EXPECT_EQ(authenticate("00", sam_keys::control), "9000");
    EXPECT_EQ(write_key("02", both_one_level + first.hex), "9000");
}

// Files, keys, terminal number and serial number through commands written out by hand; then a whole purchase.
TEST_F(WriteSamKeyTest, ABlankPsamIsPersonalisedByHand) {
    prepare();
    EXPECT_EQ(write_key("00", "050000" + sam_keys::maintenance.hex), "9000");
    EXPECT_EQ(write_key("01", "420100" + sam_keys::purchase.hex), "9000");
    create_file("0017", "A80019F0F0FF9B");
    const std::string application = "01"
                                    "0000000000000001"
                                    "0000000000000001"
                                    "20111222"
                                    "20161220";
    EXPECT_EQ(exchange("00D6970019" + application), "6987") << "under a MAC alone";
    EXPECT_EQ(send_sealed("04D69700", application, sam_keys::maintenance), "9000");
    create_file("0018", "280004F0EFFF9B");
    done(select_master_file);
    create_key_file();
    EXPECT_EQ(write_plain("00", "000000" + sam_keys::control.hex), "9000");
    EXPECT_EQ(authenticate("00", sam_keys::control), "9000");
    EXPECT_EQ(write_key("00", "050000" + sam_keys::maintenance.hex), "9000");
    create_file("0016", "A80006F0F0FF9B");
    EXPECT_EQ(send_sealed("04D69600", "001122334455", sam_keys::maintenance), "9000");

    power_again();
    EXPECT_EQ(exchange("00B0970001"), "019000");
    EXPECT_EQ(exchange("00B0970019"), application + "9000");
    done("80CA000009900000000000000000");
    EXPECT_EQ(send("8070000024"
                   "47800CF7000600000001062008100914075901002144000000000001"
                   "2144FF0000000000")
                  .substr(0, 8),
              "00000000");
    EXPECT_EQ(exchange("00D6980004"
                       "00000000"),
              "6982")
        << "nobody sets the serial number back";
    EXPECT_EQ(send_sealed("04D69800", "00000000", sam_keys::maintenance), "6982");
}

TEST_F(WriteSamKeyTest, ABlankIsamIsPersonalisedByHand) {
    insert_isam({}, Issue::blank);
    prepare();
    EXPECT_EQ(write_key("00", "050000" + sam_keys::maintenance.hex), "9000");
    EXPECT_EQ(write_key("01", "0E0100" + sam_keys::host.hex), "9000");
    EXPECT_EQ(write_key("01", "2B0100" + sam_keys::load.hex), "9000");
    create_file("0018", "280004F0EFFF9B");
    create_file("001B", "A8000EF0F0FF9B");
    power_again();
    EXPECT_EQ(derive("2B01", asn), "6982") << "no log-in";
    EXPECT_EQ(send_sealed("04D69B00",
                          "000003E8"
                          "20261231235959"
                          "000001",
                          sam_keys::maintenance),
              "9000");
    EXPECT_EQ(authenticate("01", sam_keys::host), "9000");
    EXPECT_EQ(derive("2B01", asn), "9000");
    const std::string covered = "000003E8"
                                "02"
                                "665544332211"
                                "20261122"
                                "120000";
    const HandKey session = by_hand::session_of(by_hand::diversified(sam_keys::load, {asn}), "1122334400078000");
    EXPECT_EQ(crypt("01", "112233440007" + covered), by_hand::mac(session, covered) + "9000");
    EXPECT_EQ(counter(), 1U);
}

} // namespace
} // namespace tongka::simulator
