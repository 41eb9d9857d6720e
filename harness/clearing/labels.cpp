#include "harness/clearing/labels.hpp"

#include <map>

namespace tongka::harness::clearing {

std::vector<std::string> labels(const std::vector<std::filesystem::path>& files) {
    std::map<std::string, unsigned> times;
    std::vector<std::string> made;
    for (const auto& file : files) {
        const auto name = file.filename().native();
        const unsigned time = ++times[name];
        made.push_back(time == 1 ? name : std::to_string(time) + "/" + name);
    }
    return made;
}

} // namespace tongka::harness::clearing
