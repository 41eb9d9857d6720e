#include "harness/plan/plan.hpp"

#include <algorithm>
#include <fnmatch.h>
#include <map>

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::harness {
namespace {

bool fits(const std::string& term, const std::string& name) {
    return fnmatch(term.c_str(), name.c_str(), 0) == 0;
}

bool fits(const std::string& term, const Case& test_case) {
    return fits(term, test_case.id) || fits(term, test_case.standard) ||
           std::ranges::any_of(test_case.covers, [&](const auto& id) { return fits(term, id); });
}

/// Every term must fit something: a misspelt one must not shrink a run in silence.
core::Result<void> check_selection(const Suite& suite, std::span<const std::string> selection) {
    for (const auto& term : selection) {
        if (std::ranges::any_of(suite.cases, [&](const Case& test_case) { return fits(term, test_case); }))
            continue;
        std::vector<std::string_view> names(std::begin(standards), std::end(standards));
        for (const auto& test_case : suite.cases) {
            names.push_back(test_case.id);
            names.insert(names.end(), test_case.covers.begin(), test_case.covers.end());
        }
        const auto near = core::nearest(term, names);
        return core::fail(
            fmt::format("'{}' selects no case{}", term, near ? fmt::format(": did you mean '{}'?", *near) : ""));
    }
    return {};
}

core::Result<void> check_suite(const Suite& suite, const Catalogue& catalogue) {
    std::map<std::string_view, const Case*> by_id;
    for (const auto& test_case : suite.cases) {
        const auto [first, added] = by_id.emplace(test_case.id, &test_case);
        if (!added)
            return core::fail(
                fmt::format("{}: case '{}' stands at {} already", test_case.place, test_case.id, first->second->place));
        for (const auto& id : test_case.covers)
            if (!catalogue.find(id))
                return core::fail(fmt::format("{}: {}", test_case.place, catalogue.unknown(id)));
    }
    return {};
}

} // namespace

core::Result<std::vector<PlannedCase>> make_plan(const Suite& suite, const Catalogue& catalogue,
                                                 const Declaration& declaration, const core::Rules& rules,
                                                 std::span<const std::string> selection,
                                                 std::span<const Role> offered) {
    TONGKA_CHECK(check_suite(suite, catalogue));
    TONGKA_CHECK(check_selection(suite, selection));
    std::vector<PlannedCase> plan;
    for (const auto& test_case : suite.cases) {
        if (!selection.empty() &&
            std::ranges::none_of(selection, [&](const auto& term) { return fits(term, test_case); }))
            continue;
        auto& planned = plan.emplace_back(PlannedCase{&test_case, PlannedCase::Status::selected, {}});
        std::ranges::copy_if(test_case.devices, std::back_inserter(planned.missing),
                             [&](Role role) { return std::ranges::find(offered, role) == offered.end(); });
        const bool by_id = std::ranges::find(selection, test_case.id) != selection.end();
        if (!planned.missing.empty() && !by_id) {
            planned.status = PlannedCase::Status::left_out;
            continue;
        }
        if (test_case.applies) {
            TONGKA_TRY(const auto applies, evaluate(*test_case.applies, declaration.claims, rules, declaration.titles));
            if (!applies.applies) {
                planned.status = PlannedCase::Status::not_applicable;
                planned.reason = {applies.reason.zh, applies.reason.en};
                continue;
            }
        }
        if (planned.missing.empty())
            continue;
        planned.status = PlannedCase::Status::not_run;
        const auto role = planned.missing.front();
        planned.reason = {fmt::format("没有指定{}设备({})", name(role), option_of(role)),
                          fmt::format("no {} was given ({})", name(role), option_of(role))};
    }
    return plan;
}

std::vector<LeftOut> left_out(const std::vector<PlannedCase>& plan) {
    std::vector<LeftOut> groups;
    for (const auto& planned : plan) {
        if (planned.status != PlannedCase::Status::left_out)
            continue;
        auto found = std::ranges::find(groups, planned.missing, &LeftOut::missing);
        if (found == groups.end())
            found = groups.insert(groups.end(), LeftOut{planned.missing});
        ++found->cases;
    }
    return groups;
}

std::string option_of(Role role) {
    return fmt::format("--{}", role == Role::card ? "device" : name(role));
}

} // namespace tongka::harness
