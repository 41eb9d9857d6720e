#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "harness/device/identify.hpp"
#include "harness/device/open.hpp"
#include "harness/device/simulated.hpp"

namespace tongka::harness {
namespace {

const core::Profile& profile() {
    static const auto loaded = core::load_profile(TONGKA_SOURCE_DIR "/testcases/profiles/city-union.yaml").value();
    return loaded;
}

std::string error_of(std::string_view spec, Role role, const OpenOptions& options = {}) {
    const auto device = open_device(spec, role, profile(), options);
    return device ? "opened" : device.error().message;
}

TEST(OpenDevice, SimulatedDevicesSayWhatTheyAre) {
    const auto card = open_device("sim:card", Role::card, profile(), {}).value();
    EXPECT_EQ(card->identity().protocol, Protocol::apdu);
    EXPECT_EQ(core::to_hex(card->identity().number), "2144000000000001");
    EXPECT_EQ(read_number(*card), card->identity().number) << "what the profile says is what the card says";
    EXPECT_FALSE(card->is_real());
    const auto psam = open_device("sim:psam", Role::psam, profile(), {}).value();
    EXPECT_EQ(psam->identity().protocol, Protocol::t0);
    EXPECT_EQ(read_number(*psam), psam->identity().number);
}

TEST(OpenDevice, WhatIsNoDeviceIsRefused) {
    EXPECT_EQ(error_of("sim:psam", Role::card), "sim:psam cannot stand for the card");
    EXPECT_EQ(error_of("usb:1", Role::card),
              "'usb:1' is no device: known are sim:card, sim:psam, sim:isam, sim:blank, pcsc:NAME, pcsc:atr=HEX, pcsc:asn=HEX");
    EXPECT_EQ(error_of("sim:card", Role::card, {.seed = 1, .deviation = "balance-not-debit"}),
              "there is no deviation 'balance-not-debit': did you mean 'balance-not-debited'?");
    EXPECT_EQ(error_of("pcsc:any", Role::card, {.seed = 1, .deviation = "balance-not-debited"}),
              "pcsc:any is not simulated here: a deviation can be given to sim: devices alone");
}

TEST(OpenDevice, TheSameSeedGivesTheSameRandomNumbers) {
    const auto challenge = [](std::uint64_t seed) {
        const auto card = open_device("sim:card", Role::card, profile(), {.seed = seed, .deviation = {}}).value();
        return core::to_hex(card->transmit(core::from_hex("0084000008").value()).value());
    };
    EXPECT_EQ(challenge(7), challenge(7));
    EXPECT_NE(challenge(7), challenge(8));
}

TEST(SimulatedDevice, EveryReasonHasATextAndABasis) {
    const auto reasons = status_word_reasons();
    EXPECT_GT(reasons.size(), 50U);
    for (const auto& reason : reasons) {
        EXPECT_FALSE(reason.text.empty()) << reason.command;
        EXPECT_FALSE(reason.basis.empty()) << reason.command;
    }
}

} // namespace
} // namespace tongka::harness
