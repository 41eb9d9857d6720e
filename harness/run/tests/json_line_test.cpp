#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "harness/run/json_line.hpp"

namespace tongka::harness {
namespace {

TEST(JsonLine, IsJsonWithItsMembersInOrder) {
    JsonLine line("exchange");
    line.add("at", std::uint64_t{18446744073709551615U}).add("pass", false);
    line.begin("tpdus", '[');
    line.begin_item('{').add("command", "00").end('}');
    line.begin_item('{').add("command", "01").add("response", "9000").end('}');
    line.end(']').begin("requirements", '[').item("304-PUR-001").item("304-PUR-002").end(']');
    line.begin("none", '[').end(']').add("last", "x");
    EXPECT_EQ(std::move(line).finish(), R"({"kind":"exchange","at":18446744073709551615,"pass":false,)"
                                        R"("tpdus":[{"command":"00"},{"command":"01","response":"9000"}],)"
                                        R"("requirements":["304-PUR-001","304-PUR-002"],"none":[],"last":"x"})");
}

TEST(JsonLine, AnyBytesAtAllStayJson) {
    const std::string texts[] = {"", "\"", "\\", "a\nb", std::string("\0\x1F\x7F", 3), "通卡", "\xFF\xC0", "</script>"};
    for (const auto& text : texts) {
        JsonLine line("k");
        line.add("text", text);
        const auto read = nlohmann::json::parse(std::move(line).finish());
        if (text != "\xFF\xC0")
            EXPECT_EQ(read.at("text"), text);
        else
            EXPECT_EQ(read.at("text"), "\uFFFD\uFFFD");
    }
}

} // namespace
} // namespace tongka::harness
