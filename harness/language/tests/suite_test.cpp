#include "harness/language/loader.hpp"

#include <gtest/gtest.h>

namespace tongka::harness {
namespace {

TEST(Suite, TheRealCasesLoad) {
    auto suite = load_suite(std::filesystem::path(TONGKA_SOURCE_DIR) / "testcases");
    ASSERT_TRUE(suite) << suite.error().message;
    EXPECT_FALSE(suite->cases.empty());
    EXPECT_FALSE(suite->procedures.empty());
}

} // namespace
} // namespace tongka::harness
