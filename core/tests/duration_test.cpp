#include <gtest/gtest.h>

#include "core/duration.hpp"

namespace tongka::core {
namespace {

using namespace std::chrono_literals;

TEST(Duration, IsANumberAndAUnit) {
    EXPECT_EQ(parse_duration("400 ms").value(), 400ms);
    EXPECT_EQ(parse_duration("1s").value(), 1s);
    EXPECT_EQ(to_string(412'340us), "412.3 ms");
}

TEST(Duration, IsNothingElse) {
    for (const auto* text : {"", "400", "ms", "0 ms", "-1 s", "1.5 s", "1 min", "1000000 ms", "1 s ", "400 ms 2"})
        EXPECT_FALSE(parse_duration(text)) << text;
    EXPECT_EQ(parse_duration("soon").error().message, "'soon' is no duration, such as 400 ms or 1 s");
}

} // namespace
} // namespace tongka::core
