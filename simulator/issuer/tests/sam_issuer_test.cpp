#include "simulator/sam/tests/sam_fixture.hpp"

namespace tongka::simulator {
namespace {

/// What the issuer makes of a profile, as terminals and holders of keys find it.
class SamIssuerTest : public SamTest {};

TEST_F(SamIssuerTest, FilesOfAPsam) {
    profile_.psam.purchase_index = 2;
    insert_psam();
    EXPECT_EQ(exchange("00B0970001"), "029000");
    EXPECT_EQ(exchange("00B0980004"), "000000299000") << "serial number 41";
    EXPECT_EQ(exchange("00A400000200E0"), "9000");
    EXPECT_EQ(exchange("00B0000026"), "6982") << "the grey lock";
    done(select_master_file);
    EXPECT_EQ(exchange("00B095000E"), "2144000000000000000101"
                                      "0E"
                                      "0000"
                                      "9000");
    EXPECT_EQ(exchange("00B0960006"), "0011223344559000");
}

TEST_F(SamIssuerTest, FilesOfAnIsam) {
    insert_isam();
    EXPECT_EQ(exchange("00B0970001"), "019000");
    EXPECT_EQ(exchange("00B0980004"), "000000079000");
    EXPECT_EQ(exchange("00B09B000E"), "00000000000000000000000000009000") << "nothing to load before the host says so";
    done(select_master_file);
    EXPECT_EQ(exchange("00B095000E"), "2144000000000000900101"
                                      "0F"
                                      "0000"
                                      "9000");
    EXPECT_EQ(exchange("00B0960006"), "6655443322119000");
}

// The same commands in the same order, byte for byte, whoever listens; none of them shows a key but the first of each
// directory.
TEST_F(SamIssuerTest, EveryKeyButTheFirstTravelsEnciphered) {
    Psam blank(profile_, std::make_unique<core::SeededRandom>(1));
    (void)blank.power_on();
    std::vector<std::string> commands;
    ASSERT_TRUE(issue_psam(
        [&](core::BytesView command) -> core::Result<core::Bytes> {
            commands.push_back(core::to_hex(command));
            return core::to_bytes(blank.exchange(command));
        },
        profile_));
    std::size_t in_clear = 0;
    std::size_t enciphered = 0;
    for (const auto& command : commands) {
        in_clear += command.starts_with("80D4") ? 1 : 0;
        enciphered += command.starts_with("84D4") ? 1 : 0;
        for (const auto& key : profile_.psam.keys) {
            const bool control = key.kind == "SCK" && command.starts_with("80D4");
            EXPECT_EQ(command.find(core::to_hex(key.key.bytes())) != std::string::npos, control) << key.kind;
        }
    }
    EXPECT_EQ(in_clear, 3U) << "MF, application, Mifare";
    EXPECT_EQ(enciphered, profile_.psam.keys.size() - 2 + 3) << "the maintenance key three times";
}

TEST_F(SamIssuerTest, ADeviceThatWasIssuedIsNotIssuedAgain) {
    insert_psam();
    const auto again = issue_psam(
        [&](core::BytesView command) -> core::Result<core::Bytes> { return core::to_bytes(sam_->exchange(command)); },
        profile_);
    ASSERT_FALSE(again);
    EXPECT_NE(again.error().message.find("the PSAM answered"), std::string::npos) << again.error().message;
}

// Wherever a PSAM stops answering, what comes back is an Error that tells no key.
TEST_F(SamIssuerTest, ADeviceThatGoesSilentIsAnErrorWithoutAKey) {
    std::size_t count = 0;
    for (std::size_t last = 0;; ++last) {
        Psam blank(profile_, std::make_unique<core::SeededRandom>(1));
        (void)blank.power_on();
        count = 0;
        const auto issued = issue_psam(
            [&](core::BytesView command) -> core::Result<core::Bytes> {
                if (count++ == last)
                    return core::Bytes{0x65, 0x81};
                return core::to_bytes(blank.exchange(command));
            },
            profile_);
        if (issued) {
            EXPECT_EQ(count, last);
            return;
        }
        EXPECT_NE(issued.error().message.find("6581"), std::string::npos) << issued.error().message;
        for (const auto& key : profile_.psam.keys)
            EXPECT_EQ(issued.error().message.find(core::to_hex(key.key.bytes())), std::string::npos)
                << key.kind << ", command " << last;
    }
}

TEST_F(SamIssuerTest, WhatAProfileLacksIsNamed) {
    for (const std::string missing : {"SCK", "SMK"}) {
        auto profile = profile_;
        std::erase_if(profile.psam.keys, [&](const core::NamedKey& key) { return key.kind == missing; });
        const auto made = make_psam(profile, std::make_unique<core::SeededRandom>(1));
        ASSERT_FALSE(made);
        EXPECT_NE(made.error().message.find(missing), std::string::npos) << made.error().message;
    }
    auto profile = profile_;
    profile.isam.reset();
    EXPECT_FALSE(make_isam(profile, std::make_unique<core::SeededRandom>(1)));
    profile = profile_;
    profile.psam.keys.push_back({.kind = "XYZ", .key = profile_.psam.keys.front().key});
    const auto made = make_psam(profile, std::make_unique<core::SeededRandom>(1));
    ASSERT_FALSE(made);
    EXPECT_NE(made.error().message.find("XYZ"), std::string::npos) << made.error().message;
}

// By the rules that change secure messaging too.
TEST_F(SamIssuerTest, GoesByTheRulesOfSecureMessaging) {
    for (const auto& [rule, choice] : {std::pair("challenge-length", "8"), std::pair("encryption-padding", "always"),
                                       std::pair("secure-messaging-mac", "session")}) {
        profile_ = sam_profile();
        ASSERT_TRUE(profile_.rules.set(rule, choice));
        insert_psam();
        EXPECT_EQ(derive("2801", "1122334455667788"), "9000") << rule;
        EXPECT_EQ(crypt("00", "0102030405060708"), "9C9D19956FDEDC079000") << rule;
    }
}

} // namespace
} // namespace tongka::simulator
