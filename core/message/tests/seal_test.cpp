#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "core/message/seal.hpp"

namespace tongka::core::message {
namespace {

using namespace literals;

Key key_of(Byte last) {
    Bytes bytes = "00112233445566778899AABBCCDDEE00"_hex;
    bytes.back() = last;
    return Key::create(Algorithm::triple_des, bytes).value();
}

class Seal : public testing::Test {
protected:
    Frame frame{.code = 0x0501,
                .terminal = {1, 2, 3, 4, 5, 6},
                .sequence = 7,
                .time = {0x20, 0x26, 0x11, 0x23, 0x08, 0x30, 0x59},
                .body = "AABBCC"_hex,
                .mac = {}};
    Cipher key{key_of(1)};
};

// openssl enc -des-cbc (left half) over the 25 bytes ‖ 80 00…, the last block with -des-ede.
TEST_F(Seal, IsTheMacOverAllThatStandsBeforeIt) {
    const Bytes bytes = seal_request(key, frame);
    const auto covered = BytesView(bytes).first(bytes.size() - mac_size);
    EXPECT_EQ(to_hex(covered), "001B01050101020304050600000007"
                               "20261123083059AABBCC");
    EXPECT_EQ(to_hex(BytesView(bytes).last(mac_size)), "40A242B4");
    EXPECT_TRUE(request_is_authentic(key, bytes));
}

TEST_F(Seal, EveryBitCounts) {
    const Bytes right = seal_request(key, frame);
    for (std::size_t bit = 0; bit < 8 * right.size(); ++bit) {
        Bytes bytes = right;
        bytes[bit / 8] ^= static_cast<Byte>(1U << bit % 8);
        EXPECT_FALSE(request_is_authentic(key, bytes)) << bit;
    }
    EXPECT_FALSE(request_is_authentic(Cipher(key_of(3)), right)) << "the key of another terminal";
    for (std::size_t size = 0; size < right.size(); ++size)
        EXPECT_FALSE(request_is_authentic(key, BytesView(right).first(size)));
}

TEST_F(Seal, AReplyFitsItsRequestAlone) {
    const Mac first{1, 2, 3, 4};
    const Mac second{1, 2, 3, 5};
    const Bytes reply = seal_reply(key, frame, first);
    EXPECT_TRUE(reply_is_authentic(key, reply, first));
    EXPECT_FALSE(reply_is_authentic(key, reply, second));
    EXPECT_FALSE(request_is_authentic(key, reply)) << "nor does it come back as a request";
}

TEST_F(Seal, NoCardHasTheFactorOfATerminal) {
    EXPECT_EQ(to_hex(terminal_factor({1, 2, 3, 4, 5, 6})), "FFFF010203040506");
}

} // namespace
} // namespace tongka::core::message
