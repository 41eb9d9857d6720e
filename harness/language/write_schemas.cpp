#include <fstream>
#include <iostream>

#include "harness/clearing/schema.hpp"
#include "harness/language/action_page.hpp"
#include "harness/language/language_page.hpp"
#include "harness/language/schema.hpp"
#include "harness/plan/schema.hpp"

namespace {

bool write(const std::string& path, const std::string& text) {
    std::ofstream file(path);
    file << text << std::flush;
    if (!file)
        std::cerr << path << ": cannot be written\n";
    return static_cast<bool>(file);
}

} // namespace

/// Writes the schemas into the folder `schema` of the test cases, actions.md and language.md into another; the target
/// refresh_schemas names testcases and docs.
int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: write_schemas TESTCASES DOCS\n";
        return 2;
    }
    using namespace tongka::harness;
    const std::string testcases = argv[1];
    const std::string docs = argv[2];
    const auto proformas = Proformas::load(testcases + "/proforma");
    if (!proformas) {
        std::cerr << proformas.error().message << '\n';
        return 1;
    }
    const auto schemas = testcases + "/schema/";
    return write(schemas + "case.schema.json", case_schema()) &&
                   write(schemas + "procedure.schema.json", procedure_schema()) &&
                   write(schemas + "proforma.schema.json", proforma_schema()) &&
                   write(schemas + "declaration.schema.json", declaration_schema(*proformas)) &&
                   write(schemas + "layout.schema.json", clearing::layout_schema()) &&
                   write(docs + "/actions.md", action_page()) && write(docs + "/language.md", language_page())
               ? 0
               : 1;
}
