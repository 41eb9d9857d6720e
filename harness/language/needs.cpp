#include "harness/language/needs.hpp"

#include <algorithm>
#include <map>

namespace tongka::harness {
namespace {

void tear(Needs& needs, Role role) {
    if (std::ranges::find(needs.torn, role) == needs.torn.end())
        needs.torn.push_back(role);
}

void add(Needs& needs, const Needs& more) {
    needs.stopwatch |= more.stopwatch;
    needs.someone |= more.someone;
    for (const auto role : more.torn)
        tear(needs, role);
}

class Finder {
public:
    Needs of(const std::vector<Step>& steps) {
        Needs needs;
        for (const auto& step : steps) {
            needs.stopwatch |= step.within.has_value();
            needs.someone |= std::holds_alternative<Manual>(step.action);
            if (const auto* send = std::get_if<Send>(&step.action); send != nullptr && send->tear)
                tear(needs, step.device);
            if (const auto* act = std::get_if<Do>(&step.action); act != nullptr && act->cut && act->cut->tear)
                tear(needs, act->cut->device);
            if (const auto* block = std::get_if<Block>(&step.action))
                add(needs, of(block->steps));
            if (const auto* call = std::get_if<Call>(&step.action))
                add(needs, of(*call->procedure));
        }
        return needs;
    }

private:
    const Needs& of(const Procedure& procedure) {
        if (const auto known = known_.find(&procedure); known != known_.end())
            return known->second;
        auto needs = of(procedure.steps);
        return known_.emplace(&procedure, std::move(needs)).first->second;
    }

    std::map<const Procedure*, Needs> known_;
};

} // namespace

void note_needs(Suite& suite) {
    Finder finder;
    for (auto& test_case : suite.cases)
        for (const auto* steps : {&test_case.setup, &test_case.steps, &test_case.cleanup})
            add(test_case.needs, finder.of(*steps));
}

} // namespace tongka::harness
