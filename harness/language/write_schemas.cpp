#include <fstream>
#include <iostream>

#include "harness/language/schema.hpp"

/// Writes the schemas into a folder; the target refresh_schemas names testcases/schema.
int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: write_schemas FOLDER\n";
        return 2;
    }
    const std::string folder = argv[1];
    std::ofstream cases(folder + "/case.schema.json");
    std::ofstream procedures(folder + "/procedure.schema.json");
    cases << tongka::harness::case_schema() << std::flush;
    procedures << tongka::harness::procedure_schema() << std::flush;
    if (!cases || !procedures) {
        std::cerr << folder << ": cannot be written\n";
        return 1;
    }
    return 0;
}
