#include <gtest/gtest.h>

#include "core/apdu.hpp"
#include "core/hex.hpp"

namespace tongka::core {
namespace {

/// What parse_command reads, told as one text: case, data, Ne, form.
std::string read(std::string_view hex) {
    const Bytes bytes = from_hex(hex).value();
    auto command = parse_command(bytes);
    if (!command)
        return command.error().message;
    return std::to_string(command->iso_case()) + (command->extended ? "e" : "s") + " [" + to_hex(command->data) + "] " +
           (command->ne ? std::to_string(*command->ne) : "-");
}

// The forms are those of ISO/IEC 7816-4, table 1 and section 5.1.
TEST(Apdu, ShortCases) {
    EXPECT_EQ(read("00A40000"), "1s [] -");
    EXPECT_EQ(read("0084000008"), "2s [] 8");
    EXPECT_EQ(read("0084000000"), "2s [] 256");
    EXPECT_EQ(read("00A40000023F00"), "3s [3F00] -");
    EXPECT_EQ(read("00A40000023F0000"), "4s [3F00] 256");
}

TEST(Apdu, ExtendedCases) {
    EXPECT_EQ(read("00B00000000100"), "2e [] 256");
    EXPECT_EQ(read("00B00000000000"), "2e [] 65536");
    EXPECT_EQ(read("00D600000000020102"), "3e [0102] -");
    EXPECT_EQ(read("00D6000000000201020010"), "4e [0102] 16");
}

TEST(Apdu, LengthsThatDoNotAddUpAreRefused) {
    EXPECT_EQ(read("00A400"), "a command has at least CLA INS P1 P2, but only 3 bytes are here");
    EXPECT_EQ(read("00A40000033F00"), "Lc says 3 bytes of data, but 2 follow it");
    EXPECT_EQ(read("00A40000013F0000"), "Lc says 1 bytes of data, but 3 follow it");
    EXPECT_EQ(read("00A400000000"), "Lc says 0 bytes of data, but 1 follow it");
    EXPECT_EQ(read("00D6000000000301"), "extended Lc says 3 bytes of data, but 1 follow it");
}

TEST(Apdu, AnAnswerHasAtLeastAStatusWord) {
    const Bytes answer{0x01, 0x02, 0x90, 0x00};
    EXPECT_EQ(parse_response(answer)->sw, 0x9000);
    EXPECT_EQ(to_hex(parse_response(answer)->data), "0102");
    EXPECT_FALSE(parse_response(BytesView(answer).first(1)));
}

} // namespace
} // namespace tongka::core
