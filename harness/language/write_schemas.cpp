#include <fstream>
#include <iostream>

#include "harness/language/action_page.hpp"
#include "harness/language/language_page.hpp"
#include "harness/language/schema.hpp"

/// Writes the schemas into one folder, actions.md and language.md into another; the target refresh_schemas names
/// testcases/schema and docs.
int main(int argc, char** argv) {
    if (argc != 3) {
        std::cerr << "usage: write_schemas SCHEMAS DOCS\n";
        return 2;
    }
    const std::string schemas = argv[1];
    const std::string docs = argv[2];
    std::ofstream cases(schemas + "/case.schema.json");
    std::ofstream procedures(schemas + "/procedure.schema.json");
    std::ofstream actions(docs + "/actions.md");
    std::ofstream language(docs + "/language.md");
    language << tongka::harness::language_page() << std::flush;
    cases << tongka::harness::case_schema() << std::flush;
    procedures << tongka::harness::procedure_schema() << std::flush;
    actions << tongka::harness::action_page() << std::flush;
    if (!cases || !procedures || !actions || !language) {
        std::cerr << schemas << ", " << docs << ": cannot be written\n";
        return 1;
    }
    return 0;
}
