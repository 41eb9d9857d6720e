#include "harness/run/run.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/crypto/sha256.hpp"
#include "core/random.hpp"
#include "harness/run/capabilities.hpp"
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

/// A case that takes the power away at a write runs only where the device lets it be taken, and what a thing under test
/// cannot be asked for is not asked.
void apply_capabilities(std::vector<PlannedCase>& plan, const Devices& devices) {
    for (auto& planned : plan) {
        if (planned.status != PlannedCase::Status::selected)
            continue;
        for (const Role role : planned.test_case->needs.torn)
            if (const auto* device = devices.at(role); !device->can_be_torn()) {
                planned.status = PlannedCase::Status::not_run;
                const auto& spec = device->identity().spec;
                planned.reason = {fmt::format("{}不能在写入存储器时断电（sim:设备可以）", spec),
                                  fmt::format("{} cannot be torn at a write to its memory (sim: devices can)", spec)};
            }
        if (const auto reason = why_not(*planned.test_case, devices)) {
            planned.status = PlannedCase::Status::not_run;
            planned.reason = {reason->zh, reason->en};
        }
    }
}

/// Manual steps want somebody who does them.
void apply_attendance(std::vector<PlannedCase>& plan, const Attendant& attendant) {
    for (auto& planned : plan)
        if (planned.status == PlannedCase::Status::selected && planned.test_case->needs.someone &&
            attendant.person == nullptr) {
            planned.status = PlannedCase::Status::not_run;
            planned.reason = {"需要操作员（--operator或--answers）", "it needs an operator (--operator, or --answers)"};
        }
}

/// Cases that destroy a device stand last. Each takes a new one; a device that there is one of bears one such case, and
/// only where it was offered for that.
void apply_destruction(std::vector<PlannedCase>& plan, const RunContext& context) {
    const auto is_destructive = [](const PlannedCase& planned) { return !planned.test_case->destructive.empty(); };
    std::ranges::stable_partition(plan, [&](const PlannedCase& planned) { return !is_destructive(planned); });
    std::set<Role> used_up;
    for (auto& planned : plan) {
        if (planned.status != PlannedCase::Status::selected || !is_destructive(planned))
            continue;
        const auto& what = planned.test_case->destructive;
        const auto role = planned.test_case->devices.front();
        const auto* device = context.devices.at(role);
        if (device == nullptr || device->can_be_renewed())
            continue;
        if (context.may_destroy && used_up.insert(role).second)
            continue;
        planned.status = PlannedCase::Status::not_run;
        planned.reason =
            context.may_destroy
                ? CatalogueText{fmt::format("一个样品只能做一个破坏性案例：{}", what.zh),
                                fmt::format("one sample bears one destructive case, and another comes first: {}",
                                            what.en)}
                : CatalogueText{fmt::format("破坏性案例，需提供样品（--destructive）：{}", what.zh),
                                fmt::format("it wants a sample offered for it (--destructive): {}", what.en)};
    }
}

/// What exchanges cost with the readers of this run, as far as any case asks for it.
core::Result<void> measure_latencies(const std::vector<PlannedCase>& plan, const Devices& devices, Stopwatch& stopwatch,
                                     RecordWriter& record) {
    const auto needs_it = [](const PlannedCase& planned) {
        return planned.status == PlannedCase::Status::selected && planned.test_case->needs.stopwatch;
    };
    if (std::ranges::none_of(plan, needs_it))
        return {};
    for (const Role role : device_roles)
        if (auto* device = devices.at(role); device != nullptr && device->is_real()) {
            TONGKA_TRY(const auto latency, measure_latency(*device));
            stopwatch.set_latency(role, latency);
            record.append({{"kind", "latency"}, {"device", name(role)}, {"us", latency.count()}});
        }
    return {};
}

/// A new device in place of each that the case has destroyed.
core::Result<void> renew(const Case& test_case, const Devices& devices) {
    for (const Role role : test_case.devices)
        if (auto* device = devices.at(role); device != nullptr && device->can_be_renewed())
            TONGKA_CHECK(device->renew());
    return {};
}

/// The head of the record: written, or held against that of the record which this run goes on with.
core::Result<void> begin_record(RecordWriter& record, const std::vector<PlannedCase>& plan, const RunContext& context) {
    if (!record.keeps())
        return {};
    if (context.resumed == nullptr) {
        make_head(plan, context, [&](const Json& line) { record.append(line); });
        return record.flush();
    }
    HeadAgain again(record, *context.resumed);
    make_head(plan, context, [&](const Json& line) { again.take(line); });
    TONGKA_CHECK(again.finish());
    return record.flush();
}

/// A case draws the same random numbers whatever was run before it.
core::SeededRandom random_of(const Case& test_case, std::uint64_t seed) {
    const auto text = fmt::format("{} {}", seed, test_case.id);
    const auto digest = core::sha256({reinterpret_cast<const core::Byte*>(text.data()), text.size()});
    std::uint64_t own = 0;
    for (std::size_t i = 0; i < sizeof own; ++i)
        own = own << 8 | digest[i];
    return core::SeededRandom(own);
}

/// How a case ended in the part of the run that was cut off; nullptr for a case that is still to run.
const CaseResult* ended_before(const RunContext& context, const Case& test_case) {
    if (context.resumed == nullptr)
        return nullptr;
    const auto found = context.resumed->ended.find(test_case.id);
    return found == context.resumed->ended.end() ? nullptr : &found->second;
}

bool was_cut_off(const RunContext& context, const Case& test_case) {
    return context.resumed != nullptr && context.resumed->under_way == test_case.id;
}

} // namespace

core::Result<RunTotals> run(std::vector<PlannedCase> plan, const RunContext& context, RecordWriter& record) {
    apply_destruction(plan, context);
    apply_attendance(plan, context.attendant);
    apply_capabilities(plan, context.devices);
    apply_budget(plan, context);
    TONGKA_CHECK(begin_record(record, plan, context));
    const auto start =
        std::chrono::steady_clock::now() - std::chrono::microseconds(context.resumed ? context.resumed->at : 0);

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
    if (context.resumed)
        trace.resume(host_of_run(), time_text(context.clock.now()), context.resumed->under_way, context.resumed->lost);
    Stopwatch stopwatch;
    TONGKA_CHECK(measure_latencies(plan, context.devices, stopwatch, record));
    CaseRunner runner(context.devices, lookup, context.suite.catalogue, trace, stopwatch, context.attendant);
    auto budget = any_real(context.devices) ? TryBudget::of_real_device(context.declaration.tries)
                                            : TryBudget::of_simulated_device();
    std::size_t done = 0;
    for (const auto& planned : plan) {
        if (planned.status != PlannedCase::Status::selected)
            continue;
        const Case& test_case = *planned.test_case;
        CaseResult result;
        if (const auto* ended = ended_before(context, test_case)) {
            count(totals, *ended);
            ++done;
            continue;
        }
        random = random_of(test_case, context.seed);
        if (!totals.stopped.empty())
            result.reason = not_run(totals.stopped);
        else if (const auto reason = why_not_again(test_case, context.devices);
                 reason && was_cut_off(context, test_case))
            result.reason = *reason;
        else if (auto taken = budget.take(test_case.spends); !taken)
            result.reason = not_run(taken.error().message);
        if (!result.reason.empty()) {
            result.verdict = Verdict::error;
            // What a case that was cut off has shown stays told.
            if (!was_cut_off(context, test_case))
                trace.begin(test_case, false);
            trace.refuse(test_case, result);
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
            if (!test_case.destructive.empty())
                TONGKA_CHECK(renew(test_case, context.devices));
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
    TONGKA_CHECK(record.sync());
    return totals;
}

} // namespace tongka::harness
