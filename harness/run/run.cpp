#include "harness/run/run.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/random.hpp"
#include "harness/run/case_runner.hpp"
#include "harness/run/record_head.hpp"
#include "harness/run/run_lookup.hpp"
#include "harness/run/try_budget.hpp"

namespace tongka::harness {
namespace {

/// The procedure that sets a device's counter of wrong tries back with a right one: `restore-pin`.
std::string restoring(const std::string& kind) {
    return "restore-" + kind;
}

bool any_real(const Devices& devices) {
    return (devices.card && devices.card->is_real()) || (devices.psam && devices.psam->is_real());
}

void count(RunTotals& totals, const CaseResult& result) {
    switch (result.verdict) {
    case Verdict::pass:
        ++totals.pass;
        break;
    case Verdict::fail:
        ++(result.observation ? totals.observation : totals.fail);
        break;
    case Verdict::inconclusive:
        ++totals.inconclusive;
        break;
    case Verdict::error:
        ++totals.error;
        break;
    }
}

Words not_run(const std::string& why) {
    return {"未执行：" + why, "not run: " + why};
}

/// Settles beforehand which cases the tries of a real device allow: each in turn, restored after the case.
void apply_budget(std::vector<PlannedCase>& plan, const RunContext& context) {
    const bool limited = any_real(context.devices);
    for (auto& planned : plan) {
        if (planned.status != PlannedCase::Status::selected)
            continue;
        auto budget = limited ? TryBudget::of_real_device(context.declaration.tries) : TryBudget::of_simulated_device();
        if (auto taken = budget.take(planned.test_case->spends); !taken) {
            planned.status = PlannedCase::Status::not_run;
            planned.reason = {taken.error().message, taken.error().message};
        }
    }
}

/// A case that takes the power away at a write runs only where the device lets it be taken.
void apply_capabilities(std::vector<PlannedCase>& plan, const Devices& devices) {
    for (auto& planned : plan) {
        if (planned.status != PlannedCase::Status::selected)
            continue;
        for (const Role role : planned.test_case->torn)
            if (const auto* device = devices.at(role); !device->can_be_torn()) {
                planned.status = PlannedCase::Status::not_run;
                const auto& spec = device->identity().spec;
                planned.reason = {fmt::format("{}不能在写入存储器时断电（sim:设备可以）", spec),
                                  fmt::format("{} cannot be torn at a write to its memory (sim: devices can)", spec)};
            }
    }
}

} // namespace

core::Result<RunTotals> run(std::vector<PlannedCase> plan, const RunContext& context, RecordWriter& record) {
    apply_capabilities(plan, context.devices);
    apply_budget(plan, context);
    const auto start = std::chrono::steady_clock::now();
    write_head(record, plan, context);
    TONGKA_CHECK(record.flush());

    RunTotals totals;
    std::size_t selected = 0;
    for (const auto& planned : plan) {
        selected += planned.status == PlannedCase::Status::selected;
        totals.not_applicable += planned.status == PlannedCase::Status::not_applicable;
        totals.not_run += planned.status == PlannedCase::Status::not_run;
    }

    core::SeededRandom random(context.seed);
    RunLookup lookup(context.profile, context.declaration, context.clock, random);
    Trace trace(record, start, context.suite.folder);
    CaseRunner runner(context.devices, lookup, context.suite.catalogue, trace);
    auto budget = any_real(context.devices) ? TryBudget::of_real_device(context.declaration.tries)
                                            : TryBudget::of_simulated_device();
    std::size_t done = 0;
    for (const auto& planned : plan) {
        if (planned.status != PlannedCase::Status::selected)
            continue;
        const Case& test_case = *planned.test_case;
        CaseResult result;
        if (!totals.stopped.empty())
            result.reason = not_run(totals.stopped);
        else if (auto taken = budget.take(test_case.spends); !taken)
            result.reason = not_run(taken.error().message);
        if (!result.reason.empty()) {
            result.verdict = Verdict::error;
            trace.begin(test_case);
            trace.end(result);
        } else {
            std::vector<const Procedure*> afterwards;
            for (const auto& spent : test_case.spends)
                if (const auto found = context.suite.suite.procedures.find(restoring(spent.first));
                    found != context.suite.suite.procedures.end())
                    afterwards.push_back(&found->second);
            std::vector<const Procedure*> restored;
            result = runner.run(test_case, afterwards, restored);
            for (const auto& spent : test_case.spends)
                if (std::ranges::any_of(restored, [&](const auto* one) { return one->name == restoring(spent.first); }))
                    budget.restore(spent.first);
            if (runner.device_lost())
                totals.stopped = result.reason.en;
        }
        count(totals, result);
        TONGKA_CHECK(record.flush());
        if (context.progress)
            context.progress(++done, selected, test_case, result);
    }
    record.append({{"kind", "end"},
                   {"at", trace.at(std::chrono::steady_clock::now())},
                   {"totals",
                    {{"pass", totals.pass},
                     {"fail", totals.fail},
                     {"observation", totals.observation},
                     {"inconclusive", totals.inconclusive},
                     {"error", totals.error},
                     {"not_applicable", totals.not_applicable},
                     {"not_run", totals.not_run}}}});
    TONGKA_CHECK(record.flush());
    return totals;
}

} // namespace tongka::harness
