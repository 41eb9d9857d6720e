#include "harness/plan/inspections.hpp"

#include <algorithm>
#include <cctype>

namespace tongka::harness {
namespace {

Case inspection_of(const Requirement& requirement) {
    Case made{.id = std::string(inspection_prefix) + requirement.id,
              .standard = requirement.standard,
              .place = requirement.source};
    std::ranges::transform(made.id, made.id.begin(),
                           [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    made.title = {requirement.title.zh, requirement.title.en};
    made.covers = {requirement.id};
    made.needs.someone = true;
    made.steps.push_back({.place = requirement.source,
                          .because = Words{requirement.rule.zh, requirement.rule.en},
                          .action = Manual{{requirement.inspect.zh, requirement.inspect.en}}});
    return made;
}

} // namespace

void add_inspections(Suite& suite, const Catalogue& catalogue) {
    for (const auto& requirement : catalogue.requirements())
        if (requirement.is_inspection())
            suite.cases.push_back(inspection_of(requirement));
}

} // namespace tongka::harness
