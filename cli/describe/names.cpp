#include "cli/describe/names.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string_view>

#include "cli/data_directory.hpp"
#include "harness/device/deviations.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;

/// The ids of a folder's entries. Lines are looked at, nothing is parsed: loading the suite takes longer than one waits
/// for a word to be completed.
std::vector<std::string> ids_in(const fs::path& folder) {
    constexpr std::string_view mark = "- id: ";
    std::vector<std::string> ids;
    std::error_code error;
    for (const auto& entry : fs::recursive_directory_iterator(folder, error)) {
        if (entry.path().extension() != ".yaml")
            continue;
        std::ifstream file(entry.path());
        for (std::string line; std::getline(file, line);)
            if (line.rfind(mark, 0) == 0)
                ids.push_back(line.substr(mark.size(), line.find_first_of(" #", mark.size()) - mark.size()));
    }
    return ids;
}

} // namespace

std::vector<std::string> case_ids() {
    return ids_in(data_directory() / "cases");
}

std::vector<std::string> requirement_ids() {
    return ids_in(data_directory() / "catalogue");
}

std::vector<std::string> profile_names() {
    std::vector<std::string> names;
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(data_directory() / "profiles", error))
        if (entry.path().extension() == ".yaml" && entry.path().stem().extension().empty())
            names.push_back(entry.path().stem());
    return names;
}

std::vector<std::string> deviation_ids() {
    std::vector<std::string> names;
    for (const auto& one : harness::deviation_names())
        names.emplace_back(one.name);
    return names;
}

std::vector<std::string> simulated_names(const std::string& option) {
    if (option == "--device")
        return {"sim:card", "sim:blank", "pcsc:", "pcsc:atr=", "pcsc:asn="};
    if (option == "--psam" || option == "--isam")
        return {"sim:" + option.substr(2), "pcsc:", "pcsc:atr="};
    if (option == "--reader")
        return {"sim:reader", "pcsc:"};
    return {"sim:" + option.substr(std::min(option.size(), option.find_first_not_of('-')))};
}

} // namespace tongka::cli
