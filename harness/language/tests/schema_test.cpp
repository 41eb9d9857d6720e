#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "harness/language/schema.hpp"

namespace tongka::harness {
namespace {

std::string checked_in(const std::string& name) {
    std::ifstream file(TONGKA_SOURCE_DIR "/testcases/schema/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

constexpr const char* hint = "cmake --build BUILD --target refresh_schemas writes them anew";

TEST(Schema, TheCheckedInFilesAreWhatTheTablesSay) {
    EXPECT_EQ(checked_in("case.schema.json"), case_schema()) << hint;
    EXPECT_EQ(checked_in("procedure.schema.json"), procedure_schema()) << hint;
}

} // namespace
} // namespace tongka::harness
