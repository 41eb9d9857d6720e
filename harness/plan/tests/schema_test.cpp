#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "harness/plan/schema.hpp"

namespace tongka::harness {
namespace {

const std::string testcases = TONGKA_SOURCE_DIR "/testcases/";

std::string checked_in(const std::string& name) {
    std::ifstream file(testcases + "schema/" + name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

constexpr const char* hint = "cmake --build BUILD --target refresh_schemas writes them anew";

TEST(PlanSchema, TheCheckedInFilesAreWhatTablesAndProformasSay) {
    EXPECT_EQ(checked_in("proforma.schema.json"), proforma_schema()) << hint;
    EXPECT_EQ(checked_in("declaration.schema.json"),
              declaration_schema(Proformas::load(testcases + "proforma").value()))
        << hint;
}

} // namespace
} // namespace tongka::harness
