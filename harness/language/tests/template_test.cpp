#include <gtest/gtest.h>

#include "harness/language/template.hpp"
#include "harness/language/tests/support.hpp"

namespace tongka::harness {
namespace {

class TemplateTest : public testing::Test {
protected:
    TemplateTest() {
        (void)scope_.bind("amount", Type::bytes(4), scalar("x"));
        (void)environment_.bind("amount", core::Bytes{0, 0, 0, 1});
        (void)scope_.bind("card_key", Type::key(), scalar("x"));
    }

    /// The command that comes out, or what is wrong.
    std::string built(const std::string& text, std::size_t shortest = 4) {
        auto command = parse_template(scalar(text), "send", shortest);
        if (!command)
            return command.error().message;
        if (auto checked = check(*command, scope_); !checked)
            return checked.error().message;
        auto bytes = build(*command, environment_);
        return bytes ? core::to_hex(*bytes) : bytes.error().message;
    }

    TableLookup lookup_;
    Environment environment_{lookup_};
    Scope scope_;
};

TEST_F(TemplateTest, BytesAreAsWritten) {
    EXPECT_EQ(built("80 5C 00 02 04"), "805C000204");
    EXPECT_EQ(built("805c0002 04"), "805C000204");
    EXPECT_EQ(built("80 {amount:4}"), "8000000001");
    EXPECT_EQ(built("00 20 00 00 09 12 34"), "00200000091234") << "a wrong Lc stays wrong";
}

TEST_F(TemplateTest, LcIsComputed) {
    EXPECT_EQ(built("80 50 01 02 [01 {amount:4} {ixit.terminal:6}] 0F"), "805001020B01000000010011223344550F");
    EXPECT_EQ(built("80 50 01 02[01]"), "805001020101");
    EXPECT_EQ(built("80 {05:1} 01 02 [{amount + 01 | 06:5}] {00:1}"), "8005010205000000020600");
}

TEST_F(TemplateTest, LongDataMakesLengthsExtended) {
    EXPECT_EQ(built("00 D6 00 00 [{repeat(AB, 255):255}] 10").substr(0, 12), "00D60000FFAB");
    const auto longer = built("00 D6 00 00 [{repeat(AB, 256):256}] 10");
    EXPECT_EQ(longer.substr(0, 16), "00D60000000100AB");
    EXPECT_EQ(longer.substr(longer.size() - 6), "AB0010");
    const auto longest_le = built("00 D6 00 00 [{repeat(AB, 256):256}] 01 02");
    EXPECT_EQ(longest_le.substr(longest_le.size() - 6), "AB0102");
}

TEST_F(TemplateTest, RawBytesMayBeFew) {
    EXPECT_EQ(built("80", 1), "80");
}

TEST_F(TemplateTest, AWidthThatTurnsOutWrong) {
    EXPECT_EQ(built("00 20 00 00 [{ixit.terminal:5}]"), "f:1:15: 'ixit.terminal' has 6 bytes, not 5");
}

TEST_F(TemplateTest, MistakesAreTold) {
    EXPECT_EQ(built(""), "f:1:1: send needs at least 4 bytes, not 0");
    EXPECT_EQ(built("80 5C 00"), "f:1:1: send needs at least 4 bytes, not 3");
    EXPECT_EQ(built("", 1), "f:1:1: send needs at least 1 byte, not 0");
    EXPECT_EQ(built("80 5G 00 02"), "f:1:5: 'G' is no hexadecimal digit");
    EXPECT_EQ(built("80 5 00 02"), "f:1:4: '5' is half a byte: hexadecimal digits come in pairs");
    EXPECT_EQ(built("80 xx 00 02"), "f:1:4: 'x' is no hexadecimal digit");
    EXPECT_EQ(built("80 卡 00 02"), "f:1:4: '卡' is no hexadecimal digit");
    EXPECT_EQ(built("80 50 01 [00]"), "f:1:10: 4 bytes (CLA INS P1 P2) stand before '[', not 3");
    EXPECT_EQ(built("80 50 01 02 []"), "f:1:13: '[]' holds no data: leave the brackets out");
    EXPECT_EQ(built("80 50 01 02 [00"), "f:1:13: '[' is never closed");
    EXPECT_EQ(built("80 50 01 02 [00] 01 02"), "f:1:18: Le has 1 byte at most behind 1 byte of data, not 2");
    EXPECT_EQ(built("80 50 01 02 [00] [00]"), "f:1:18: '[' does not belong here");
    EXPECT_EQ(built("80 50 01 02 00]"), "f:1:15: ']' does not belong here");
    EXPECT_EQ(built("80 50 01 02 }"), "f:1:13: '}' is no hexadecimal digit");
    EXPECT_EQ(built("80 50 01 02 [{amount:4]"), "f:1:14: '{' is never closed");
    EXPECT_EQ(built("80 50 01 02 [{amount}]"), "f:1:21: the width is missing: {expression:n}, n bytes");
    EXPECT_EQ(built("80 50 01 02 [{amount:}]"), "f:1:22: a width must be a decimal number, not the end");
    EXPECT_EQ(built("80 50 01 02 [{amount:0}]"), "f:1:22: a width is 1 to 131072, not 0");
    EXPECT_EQ(built("80 50 01 02 [{amount:4 4}]"), "f:1:24: an operator is missing before '4'");
    EXPECT_EQ(built("80 50 01 02 [{repeat(00, 65536):65536}]"), "f:1:13: 65536 bytes do not fit into a data field");
    EXPECT_EQ(built("80 50 01 02 [{amount:3}]"), "f:1:15: 'amount' has 4 bytes, not 3");
    EXPECT_EQ(built("80 50 01 02 [{card_key:16}]"), "f:1:15: this must be bytes, but 'card_key' is a key");
    EXPECT_EQ(built("80 50 01 02 [{amonut:4}]"), "f:1:15: 'amonut' is not bound here: did you mean 'amount'?");
}

} // namespace
} // namespace tongka::harness
