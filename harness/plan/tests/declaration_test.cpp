#include <fstream>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "harness/plan/declaration.hpp"

namespace tongka::harness {
namespace {

namespace fs = std::filesystem;

core::Result<Declaration> load(const std::string& text) {
    const auto path = fs::path(testing::TempDir()) / ("declaration-" + std::to_string(getpid()) + ".yaml");
    std::ofstream(path) << text;
    auto loaded = Declaration::load(path);
    fs::remove(path);
    if (!loaded)
        return core::fail(loaded.error().message.substr(path.string().size()));
    return loaded;
}

TEST(Declaration, SaysWhatItsFileSays) {
    const auto declaration = load("ics: {EP: yes, ED: no}\nixit: {terminal: 112233445566}\ntries: {pin: 3}\n").value();
    EXPECT_TRUE(declaration.claims.at("EP"));
    EXPECT_FALSE(declaration.claims.at("ED"));
    EXPECT_EQ(core::to_hex(declaration.values.at("terminal")), "112233445566");
    EXPECT_EQ(declaration.tries.at("pin"), 3U);
}

TEST(Declaration, WhatIsWrongIsToldWithItsPlace) {
    EXPECT_EQ(load("ics: {EP: maybe}\n").error().message, ":1:11: EP is yes or no, not 'maybe'");
    EXPECT_EQ(load("ics: {EP: yes}\nixit: {pin: 123}\n").error().message,
              ":2:13: pin: half a byte at column 3: hexadecimal digits come in pairs");
    EXPECT_EQ(load("ics: {EP: yes}\ntries: {pin: many}\n").error().message,
              ":2:14: tries are a number up to 255, not 'many'");
    EXPECT_EQ(load("ixit: {pin: 12}\n").error().message.substr(0, 6), ":1:1: ");
}

TEST(Declaration, TheDefaultOneLoads) {
    const auto declaration = Declaration::load(TONGKA_SOURCE_DIR "/testcases/profiles/city-union.ics.yaml");
    ASSERT_TRUE(declaration) << declaration.error().message;
    EXPECT_TRUE(declaration->claims.contains("EP"));
}

} // namespace
} // namespace tongka::harness
