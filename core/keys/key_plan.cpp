#include "core/keys/key_plan.hpp"

#include <algorithm>

namespace tongka::core {

static constexpr std::string_view rolling[] = {"DPK", "DLK", "DULK", "DUK"};

bool rolls(std::string_view kind) {
    return std::ranges::find(rolling, kind) != std::end(rolling);
}

std::vector<KeyName> generation_names(Byte generation) {
    std::vector<KeyName> names;
    for (const auto kind : rolling)
        names.push_back({std::string(kind), generation, generation});
    return names;
}

std::vector<KeyName> lasting_names() {
    return {{"DTK", 0, 1},  {"DACK", 0, 1}, {"DAMK", 0, 1}, {"DAMK", 1, 1}, {"DCCK", 0, 1},
            {"DCMK", 0, 1}, {"DCMK", 1, 1}, {"DPUK", 0, 1}, {"DRPK", 0, 1}, {"UK", 1, 1},
            {"UK", 2, 1},   {"IK", 1, 1},   {"SCK", 0, 1},  {"SMK", 0, 1}};
}

} // namespace tongka::core
