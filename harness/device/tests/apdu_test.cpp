#include <deque>

#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "harness/device/apdu.hpp"

namespace tongka::harness {
namespace {

/// Gives the answers it was told, and remembers what it was asked.
class ScriptedDevice final : public Device {
public:
    ScriptedDevice(Protocol protocol, std::deque<std::string> answers) : answers_(std::move(answers)) {
        identity_.protocol = protocol;
    }
    const Identity& identity() const override { return identity_; }
    core::Result<void> reset() override { return {}; }
    core::Result<core::Bytes> answer_to_reset() override { return core::Bytes{}; }
    core::Result<core::Bytes> transmit(core::BytesView command) override {
        asked += (asked.empty() ? "" : " ") + core::to_hex(command);
        const auto answer = answers_.front();
        if (answers_.size() > 1)
            answers_.pop_front();
        return core::from_hex(answer);
    }
    std::string asked;

private:
    Identity identity_;
    std::deque<std::string> answers_;
};

std::string send(ScriptedDevice& device, std::string_view hex) {
    std::vector<Exchange> tpdus;
    const auto answer = send_apdu(device, core::from_hex(hex).value(), tpdus);
    return answer ? core::to_hex(*answer) : answer.error().message;
}

TEST(SendApdu, OnT0TheLeOfCase4IsDroppedAndTheAnswerFetched) {
    ScriptedDevice device(Protocol::t0, {"6108", "00000029FDB95F5B9000"});
    EXPECT_EQ(send(device, "8070000002AABB08"), "00000029FDB95F5B9000");
    EXPECT_EQ(device.asked, "8070000002AABB 00C0000008");
}

TEST(SendApdu, OnT0PiecesAreJoined) {
    ScriptedDevice device(Protocol::t0, {"6102", "01026101", "039000"});
    EXPECT_EQ(send(device, "80700000021122"), "0102039000");
    EXPECT_EQ(device.asked, "80700000021122 00C0000002 00C0000001");
}

TEST(SendApdu, OnT0AWrongLeIsMended) {
    ScriptedDevice device(Protocol::t0, {"6C04", "000000649000"});
    EXPECT_EQ(send(device, "805C000200"), "000000649000");
    EXPECT_EQ(device.asked, "805C000200 805C000204");
}

TEST(SendApdu, OtherTransportsTakeItAsItIs) {
    ScriptedDevice device(Protocol::apdu, {"6C04"});
    EXPECT_EQ(send(device, "8070000002AABB08"), "6C04");
    EXPECT_EQ(device.asked, "8070000002AABB08");
}

TEST(SendApdu, AnEndlessOfferIsAnError) {
    ScriptedDevice device(Protocol::t0, {"016101"});
    EXPECT_EQ(send(device, "80700000021122"), "the device went on offering data after 300 exchanges");
}

TEST(SendApdu, ALostAnswerIsAnError) {
    ScriptedDevice device(Protocol::t0, {"90"});
    EXPECT_EQ(send(device, "805C000204").substr(0, 19), "the answer was lost");
}

} // namespace
} // namespace tongka::harness
