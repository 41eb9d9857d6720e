#include <fstream>
#include <iterator>
#include <string>

#include <gtest/gtest.h>

#include "harness/language/action_page.hpp"
#include "harness/language/language_page.hpp"
#include "harness/language/schema.hpp"

namespace tongka::harness {
namespace {

std::string checked_in(const std::string& name) {
    std::ifstream file(TONGKA_SOURCE_DIR "/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

constexpr const char* hint = "cmake --build BUILD --target refresh_schemas writes them anew";

TEST(Schema, TheCheckedInFilesAreWhatTheTablesSay) {
    EXPECT_EQ(checked_in("testcases/schema/case.schema.json"), case_schema()) << hint;
    EXPECT_EQ(checked_in("testcases/schema/procedure.schema.json"), procedure_schema()) << hint;
    EXPECT_EQ(checked_in("docs/actions.md"), action_page()) << hint;
    EXPECT_EQ(checked_in("docs/language.md"), language_page()) << hint;
}

} // namespace
} // namespace tongka::harness
