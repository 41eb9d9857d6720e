#include "harness/language/torn.hpp"

#include <algorithm>

namespace tongka::harness {
namespace {

class Finder {
public:
    std::vector<Role> of(const std::vector<Step>& steps) {
        std::vector<Role> torn;
        const auto add = [&](Role role) {
            if (std::ranges::find(torn, role) == torn.end())
                torn.push_back(role);
        };
        for (const auto& step : steps) {
            if (const auto* send = std::get_if<Send>(&step.action); send != nullptr && send->tear)
                add(step.device);
            if (const auto* act = std::get_if<Do>(&step.action); act != nullptr && act->cut && act->cut->tear)
                add(act->cut->device);
            if (const auto* block = std::get_if<Block>(&step.action))
                std::ranges::for_each(of(block->steps), add);
            if (const auto* call = std::get_if<Call>(&step.action))
                std::ranges::for_each(of(*call->procedure), add);
        }
        return torn;
    }

private:
    const std::vector<Role>& of(const Procedure& procedure) {
        if (const auto known = known_.find(&procedure); known != known_.end())
            return known->second;
        auto torn = of(procedure.steps);
        return known_.emplace(&procedure, std::move(torn)).first->second;
    }

    std::map<const Procedure*, std::vector<Role>> known_;
};

} // namespace

void note_torn_devices(Suite& suite) {
    Finder finder;
    for (auto& test_case : suite.cases)
        for (const auto* steps : {&test_case.setup, &test_case.steps, &test_case.cleanup})
            for (const auto role : finder.of(*steps))
                if (std::ranges::find(test_case.torn, role) == test_case.torn.end())
                    test_case.torn.push_back(role);
}

} // namespace tongka::harness
