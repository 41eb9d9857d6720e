#include <gtest/gtest.h>

#include "core/dictionary/decode.hpp"
#include "core/hex.hpp"
#include "core/random.hpp"

namespace tongka::core::dictionary {
namespace {

/// `name=text` of each field, nested ones behind a dot a level.
std::vector<std::string> lines(const std::vector<DecodedField>& fields, Language language = Language::en) {
    std::vector<std::string> texts;
    for (const auto& field : fields)
        texts.push_back(std::string(static_cast<std::size_t>(field.depth), '.') + std::string(field.name.in(language)) +
                        "=" + field.text);
    return texts;
}

using Lines = std::vector<std::string>;
const Context card{Language::en, Device::card, {}};
const Context psam{Language::en, Device::psam, {}};

// standards.md 5.4 row A: a load.
TEST(Decode, ALoad) {
    const auto command = "805000020B010000100000112233445510"_hex;
    const auto start = decode(command, "00000000 0000 01 00 11223344 2988AE5A 9000"_hex, card);
    EXPECT_EQ(start.name.en, "INITIALIZE FOR LOAD");
    EXPECT_EQ(start.name.zh, "圈存初始化");
    EXPECT_EQ(lines(start.request),
              (Lines{"purse=02 EP", "key index=01", "amount=40.96 CNY", "terminal number=001122334455"}));
    EXPECT_EQ(lines(start.response), (Lines{"old balance=0.00 CNY", "online transaction number=0", "key version=01",
                                            "algorithm=00 3DES", "random number=11223344", "MAC1=2988AE5A"}));
    EXPECT_EQ(start.status, "success");
    EXPECT_EQ(lines(decode(command, "00000000000001001122334429889000"_hex, card).response),
              (Lines{"data of another length=0000000000000100112233442988"}));
    const auto credit = decode("805200000B201112212148223A845BF004"_hex, "9302"_hex, card);
    EXPECT_EQ(credit.name.en, "CREDIT FOR LOAD");
    EXPECT_EQ(lines(credit.request),
              (Lines{"transaction date=2011-12-21", "transaction time=21:48:22", "MAC2=3A845BF0"}));
    EXPECT_EQ(credit.status, "MAC invalid");
    EXPECT_TRUE(credit.response.empty());
}

// standards.md 4.3: the worked exchange between a card and a PSAM.
TEST(Decode, APurchaseBetweenCardAndPsam) {
    const auto start =
        decode("8070000024 47800CF7 0006 00000001 06 20081009 140759 01 00 2144000000000001 2144FF0000000000 08"_hex,
               "00000029E82AEB3B9000"_hex, psam);
    EXPECT_EQ(start.name.en, "INIT_SAM_FOR_PURCHASE");
    EXPECT_EQ(lines(start.request), (Lines{"random number=47800CF7", "offline transaction number=6", "amount=0.01 CNY",
                                           "transaction type=06 EP purchase", "transaction date=2008-10-09",
                                           "transaction time=14:07:59", "key version=01", "algorithm=00 3DES",
                                           "factors, the card's first=2144000000000001 2144FF0000000000"}));
    EXPECT_EQ(start.request.front().offset, 5U);
    EXPECT_EQ(start.request.back().offset, 25U);
    EXPECT_EQ(start.request.back().size, 16U);
    EXPECT_EQ(lines(start.response), (Lines{"terminal transaction number=41", "MAC1=E82AEB3B"}));
    const auto debit = decode("805401000F0000002920081009140759E82AEB3B08"_hex, "0402BFE1AE50FB889000"_hex, card);
    EXPECT_EQ(debit.name.en, "DEBIT FOR PURCHASE/CASH WITHDRAW");
    EXPECT_EQ(lines(debit.response), (Lines{"TAC=0402BFE1", "MAC2=AE50FB88"}));
    const auto check = decode("8072000004AE50FB88"_hex, "9000"_hex, psam);
    EXPECT_EQ(check.name.en, "CREDIT_SAM_FOR_PURCHASE");
    EXPECT_EQ(lines(check.request), (Lines{"MAC2=AE50FB88"}));
}

TEST(Decode, TellsGetMessageFromItsCheckByTheData) {
    EXPECT_EQ(decode("80CA000009"_hex, "90800960A7F716C6B49000"_hex).name.en, "GET MESSAGE");
    EXPECT_EQ(decode("80CA00000990800960A7F716C6B4"_hex, "6300"_hex).name.en, "AUTHENTICATION MESSAGE");
}

// clauses.md E: the lock of a black-listed card, a load log record of 31 bytes, the PSAM's keys.
TEST(Decode, TheCommandsOfATerminal) {
    const auto derive = decode("801A450110 2144000000000001 7100FF0000000000"_hex, "9000"_hex, psam);
    EXPECT_EQ(lines(derive.request), (Lines{"key usage=45 maintenance, 2 levels", "key identifier=01",
                                            "diversification factors=2144000000000001 7100FF0000000000"}));
    EXPECT_EQ(decode("841E000004 3DE81709"_hex, "9000"_hex, card).name.en, "APPLICATION BLOCK (temporary)");
    EXPECT_EQ(decode("841E000104 3DE81709"_hex, "9000"_hex, card).name.en, "APPLICATION BLOCK (permanent)");
    const auto log = decode("00E200D01F 0005 000000 00001388 02 001122334455 20111221 214822 00002710 A5717B4F"_hex,
                            "9000"_hex, card);
    EXPECT_EQ(log.name.en, "APPEND RECORD");
    const auto fields = lines(log.request);
    ASSERT_EQ(fields.size(), 11U);
    EXPECT_EQ(fields[4], ".amount=50.00 CNY");
    EXPECT_EQ(fields[9], ".balance afterwards=100.00 CNY");
}

TEST(Decode, FilesByShortIdentifierByPartAndBySelection) {
    const auto whole = decode("00B095001E"_hex,
                              "2144 2144 0001 FFFF 01 01 0001 2144000000000001 20081009 20281009 01 00 9000"_hex, card);
    const auto fields = lines(whole.response);
    ASSERT_EQ(fields.size(), 13U);
    EXPECT_EQ(fields[1], ".issuer code=2144");
    EXPECT_EQ(fields[8], ".application serial number=2144000000000001");
    EXPECT_EQ(whole.response[8].offset, 12U);
    EXPECT_EQ(fields[9], ".start date=2008-10-09");
    EXPECT_EQ(lines(whole.request), (Lines{"file and offset=SFI 15, offset 0"}));

    const auto part = decode("00B0950C09"_hex, "214400000000000120 9000"_hex, card);
    EXPECT_EQ(lines(part.response), (Lines{"file content=214400000000000120",
                                           ".application serial number=2144000000000001", ".start date=20"}));

    EXPECT_EQ(lines(decode("00B0960006"_hex, "3640010007489000"_hex, psam).response),
              (Lines{"file content=364001000748", ".terminal number=364001000748"}));
    Context selected = psam;
    selected.selected_file = 0x0017;
    EXPECT_EQ(lines(decode("00B0000001"_hex, "019000"_hex, selected).response),
              (Lines{"file content=01", ".purchase key index=01"}));
    EXPECT_EQ(lines(decode("00B0000001"_hex, "019000"_hex, psam).response), (Lines{"file content=01"}));
}

TEST(Decode, ARecordOfTheLog) {
    const auto record = decode("00B201C417"_hex, "0006 000000 00000001 06 112233445566 20081009 140759 9000"_hex, card);
    EXPECT_EQ(lines(record.request), (Lines{"file and record=SFI 18, record 1"}));
    EXPECT_EQ(lines(record.response),
              (Lines{"file content=0006000000000000010611223344556620081009140759", ".transaction number=6",
                     ".overdraft limit=0.00 CNY", ".amount=0.01 CNY", ".transaction type=06 EP purchase",
                     ".terminal number=112233445566", ".transaction date=2008-10-09", ".transaction time=14:07:59"}));
}

// A published secure-messaging example (standards.md 5.4 H4).
TEST(Decode, AProtectedUpdateEndsWithItsMac) {
    const auto update = decode(
        "04D6950022 0001220000 01FFFF0101 0000 2200000000000006 20160101 20501231 0000 96E32EF1"_hex, "9000"_hex, card);
    const auto fields = lines(update.request);
    EXPECT_EQ(update.name.en, "UPDATE BINARY");
    EXPECT_EQ(fields.back(), "MAC=96E32EF1");
    EXPECT_EQ(fields[9], ".application serial number=2200000000000006");
}

TEST(Decode, FileControlInformation) {
    const auto select = decode(
        "00A4040009A0000000038698070100"_hex,
        "6F2E8409A00000000386980701A5219F0C1E 2144 2144 0001 FFFF 01 01 0001 2144000000000001 20081009 20281009 01 00 9000"_hex,
        card);
    const auto fields = lines(select.response);
    ASSERT_EQ(fields.size(), 17U);
    EXPECT_EQ(fields[2], "..DF name=A00000000386980701");
    EXPECT_EQ(fields[12], "....application serial number=2144000000000001");
    EXPECT_EQ(select.response[12].offset, 30U);

    const auto master = decode("00A40000023F00"_hex, "6F15840E315041592E5359532E4444463031A5038801019000"_hex, card);
    EXPECT_EQ(lines(master.request), (Lines{"file identifier=3F00 MF"}));
    EXPECT_EQ(lines(master.response)[2], "..DF name=1PAY.SYS.DDF01");
    EXPECT_EQ(lines(decode("00A4040006BDA8C9E8B2BF"_hex, "6110"_hex, psam).request),
              (Lines{"file name=建设部 (ministry of construction)"}));

    EXPECT_EQ(lines(decode_fci("8405"_hex)), (Lines{"data=8405"}));
    EXPECT_EQ(lines(decode_fci("61114F09A000000003869807015004 50424F43"_hex)).back(), ".application label=PBOC");
}

TEST(Decode, InChinese) {
    const Context chinese{Language::zh, Device::card, {}};
    const auto balance = decode("805C000204"_hex, "000004D29000"_hex, chinese);
    EXPECT_EQ(lines(balance.request, Language::zh), (Lines{"应用=02 EP 电子钱包"}));
    EXPECT_EQ(lines(balance.response, Language::zh), (Lines{"余额=12.34元"}));
    EXPECT_EQ(balance.status, "成功");
}

TEST(Decode, ShowsNoSecrets) {
    for (const auto& command :
         {"0020000003123456"_hex, "805E010107123456FF654321"_hex, "805E00000A 223344556677 1CE6AA60"_hex,
          "80D4010215 34F0020001 34343434343434343434343434343434"_hex, "0020000004123456"_hex, "00200000031234"_hex})
        for (const auto& field : decode(command, "9000"_hex).request) {
            EXPECT_EQ(field.text.find("3456"), std::string::npos) << to_hex(command) << " " << field.text;
            EXPECT_EQ(field.text.find("3343"), std::string::npos) << to_hex(command) << " " << field.text;
            EXPECT_EQ(field.text.find("3434"), std::string::npos) << to_hex(command) << " " << field.text;
        }
    EXPECT_EQ(lines(decode("805E00000A 223344556677 1CE6AA60"_hex, {}).request),
              (Lines{"key identifier=00", "new PIN=************", "MAC=1CE6AA60"}));
}

TEST(Decode, WhatIsNotKnownOrNotACommand) {
    EXPECT_EQ(decode("80990000"_hex, "6D00"_hex).name.en, "unknown command");
    EXPECT_EQ(lines(decode("8099000002ABCD"_hex, "6D00"_hex).request), (Lines{"data=ABCD"}));
    EXPECT_EQ(decode({}, {}).name.en, "not a command");
    EXPECT_EQ(lines(decode("8050"_hex, {}).request), (Lines{"data=8050"}));
    EXPECT_EQ(decode("80500002"_hex, {}).status, "");
    EXPECT_EQ(decode("0084000004"_hex, "1234"_hex).status, "unknown status word");
}

TEST(Decode, ACommandWhoseLengthsDoNotAddUpKeepsItsName) {
    const auto cut = decode("805000020B0100001000"_hex, "6700"_hex, card);
    EXPECT_EQ(cut.name.en, "INITIALIZE FOR LOAD");
    EXPECT_EQ(lines(cut.request), (Lines{"purse=02 EP", "data=0100001000"}));
    EXPECT_EQ(lines(decode("0020000004123456"_hex, "6700"_hex).request), (Lines{"key identifier=00", "data=******"}));
}

TEST(Decode, AnyBytesAtAll) {
    SeededRandom random(2);
    const auto some = [&](std::size_t most) {
        Bytes length(1);
        random.fill(length);
        Bytes bytes(length[0] % (most + 1));
        random.fill(bytes);
        return bytes;
    };
    for (auto group : command_forms())
        for (const auto& form : group)
            for (int round = 0; round < 50; ++round) {
                Bytes command{form.cla, form.ins};
                append(command, some(40));
                if (round % 2 == 0 && command.size() > 4)
                    command[4] = static_cast<Byte>(command.size() - 5);
                const auto response = some(40);
                const auto decoded = decode(command, response, {Language::zh, {}, FileId{0x0015}});
                for (const auto& field : decoded.request)
                    EXPECT_LE(field.offset + field.size, command.size());
                for (const auto& field : decoded.response)
                    EXPECT_LE(field.offset + field.size, response.size());
            }
}

} // namespace
} // namespace tongka::core::dictionary
