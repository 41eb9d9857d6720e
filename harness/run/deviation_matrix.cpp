#include "harness/run/deviation_matrix.hpp"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

#include "harness/device/open.hpp"
#include "harness/device/open_actor.hpp"

namespace tongka::harness {
namespace {

/// Clearing files and readers stand alone, and know no profile.
bool works_with_devices(Role role) {
    return role != Role::file && role != Role::reader;
}

/// Devices of a run by the role that is looked at: its fault, if any, is the only one.
core::Result<Devices> open_devices(const MatrixRun& run, const std::filesystem::path& layouts) {
    Devices devices;
    OpenOptions options{.deviation = run.deviation ? std::string(run.deviation->name) : std::string()};
    const auto& profile = run.setting->profile;
    if (works_with_devices(run.role)) {
        const OpenOptions of_devices = is_actor(run.role) ? OpenOptions{} : options;
        TONGKA_TRY(devices.card, open_device("sim:card", Role::card, profile, of_devices));
        TONGKA_TRY(devices.psam, open_device("sim:psam", Role::psam, profile, of_devices));
        if (profile.isam) {
            TONGKA_TRY(devices.isam, open_device("sim:isam", Role::isam, profile, of_devices));
        }
    }
    if (is_actor(run.role)) {
        options.files.layouts = layouts;
        TONGKA_TRY(auto actor, open_actor("sim:" + std::string(name(run.role)), run.role, profile, options));
        devices.give(run.role, std::move(actor));
    }
    return devices;
}

bool is_open(Verdict verdict) {
    return verdict == Verdict::inconclusive || verdict == Verdict::error;
}

/// Of a plan for an actor's run: only what concerns the actor.
void keep_cases_of(Role role, std::vector<PlannedCase>& plan) {
    std::erase_if(plan, [&](const PlannedCase& planned) {
        return std::ranges::find(planned.test_case->devices, role) == planned.test_case->devices.end();
    });
}

/// Runs a plan on devices of its own.
core::Result<RunTotals> run_on_fresh_devices(const MatrixRun& one, const MatrixRequest& request,
                                             std::vector<PlannedCase> plan,
                                             std::function<void(const Case&, const CaseResult&)> tell) {
    TONGKA_TRY(const auto devices, open_devices(one, request.layouts));
    auto record = RecordWriter::none();
    const RunContext context{.suite = request.suite,
                             .profile = one.setting->profile,
                             .declaration = one.setting->declaration,
                             .devices = devices,
                             .clock = request.clock,
                             .deviation = {},
                             .selection = {},
                             .progress = [&](std::size_t, std::size_t, const Case& test_case,
                                             const CaseResult& result) { tell(test_case, result); }};
    return run(std::move(plan), context, record);
}

std::vector<Role> roles_at_hand(const MatrixRun& one) {
    std::vector<Role> found;
    if (works_with_devices(one.role))
        found = {Role::card, Role::psam};
    if (works_with_devices(one.role) && one.setting->profile.isam)
        found.push_back(Role::isam);
    if (is_actor(one.role))
        found.push_back(one.role);
    return found;
}

/// What the runs so far have shown.
struct Shown {
    std::set<std::string_view> caught; ///< deviations
    std::set<const Case*> busy;        ///< cases that caught one

    void add(const MatrixRun& run) {
        if (!run.deviation)
            return;
        for (const auto& one : run.caught) {
            caught.insert(run.deviation->name);
            busy.insert(one.test_case);
        }
    }
    [[nodiscard]] bool leaves_open(const MatrixRun& run, const Case& test_case) const {
        return !run.deviation || !caught.contains(run.deviation->name) || !busy.contains(&test_case);
    }
};

/// Leaves out what `shown` has already.
core::Result<void> make(MatrixRun& one, const MatrixRequest& request, const Shown& shown) {
    TONGKA_TRY(auto plan, make_plan(request.suite.suite, request.suite.catalogue, one.setting->declaration,
                                    one.setting->profile.rules, request.selection, roles_at_hand(one)));
    if (is_actor(one.role))
        keep_cases_of(one.role, plan);
    std::erase_if(plan, [&](const PlannedCase& planned) {
        return planned.status != PlannedCase::Status::selected || !shown.leaves_open(one, *planned.test_case);
    });
    if (plan.empty())
        return {};
    std::map<const Case*, CaseResult> results;
    TONGKA_TRY(const auto totals,
               run_on_fresh_devices(one, request, plan, [&](const Case& test_case, const CaseResult& result) {
                   results[&test_case] = result;
               }));
    // What a case before has spoilt for it says nothing of this one: once more, on devices that are new.
    for (const auto& planned : plan)
        if (one.deviation && is_open(results[planned.test_case].verdict)) {
            TONGKA_CHECK(
                run_on_fresh_devices(one, request, {planned}, [&](const Case& test_case, const CaseResult& result) {
                    results[&test_case] = result;
                }));
        }
    for (const auto& planned : plan) {
        const auto& result = results[planned.test_case];
        one.ran.push_back(planned.test_case);
        if (result.verdict == Verdict::fail)
            one.caught.push_back({planned.test_case, result.observation});
        else if (is_open(result.verdict))
            one.open.push_back(planned.test_case);
    }
    one.trouble = totals.stopped;
    return {};
}

std::vector<MatrixRun> planned_runs(const MatrixRequest& request) {
    std::vector<MatrixRun> runs;
    const auto add = [&](Role role, std::optional<DeviationName> deviation) {
        for (const auto& setting : request.settings)
            if (works_with_devices(role) || &setting == request.settings.data())
                runs.push_back({.setting = &setting, .role = role, .deviation = deviation});
    };
    for (const Role role : roles)
        if (role == Role::card || is_actor(role))
            add(role, std::nullopt);
    for (const auto& deviation : request.deviations)
        add(*std::ranges::find(roles, deviation.device, [](Role role) { return name(role); }), deviation);
    return runs;
}

} // namespace

std::vector<MatrixRun> run_matrix(const MatrixRequest& request) {
    auto runs = planned_runs(request);
    std::size_t done = 0;
    std::mutex telling;
    const auto work_through = [&](std::span<MatrixRun* const> round, const Shown& shown) {
        std::atomic<std::size_t> next = 0;
        const auto work = [&] {
            for (auto at = next++; at < round.size(); at = next++) {
                if (auto made = make(*round[at], request, shown); !made)
                    round[at]->trouble = made.error().message;
                const std::lock_guard lock(telling);
                ++done;
                if (request.progress)
                    request.progress(done, runs.size());
            }
        };
        std::vector<std::jthread> others;
        for (unsigned job = 1; job < std::max(request.jobs, 1U); ++job)
            others.emplace_back(work);
        work();
    };
    Shown shown;
    for (std::size_t setting = 0; setting < (request.until_shown ? request.settings.size() : 1); ++setting) {
        std::vector<MatrixRun*> round;
        for (auto& run : runs)
            if (!request.until_shown || run.setting == &request.settings[setting])
                round.push_back(&run);
        work_through(round, shown);
        for (const auto* run : round)
            shown.add(*run);
    }
    return runs;
}

MatrixJudgement judge(std::span<const MatrixRun> runs, const MatrixRequest& request) {
    MatrixJudgement judgement;
    Shown shown;
    std::set<const Case*> asked;
    for (const auto& run : runs) {
        asked.insert(run.ran.begin(), run.ran.end());
        if (!run.deviation) {
            if (!run.caught.empty() || !run.open.empty() || !run.trouble.empty())
                judgement.false_alarms.push_back(&run);
            continue;
        }
        if (!run.trouble.empty())
            judgement.troubled.push_back(&run);
        shown.add(run);
    }
    std::ranges::copy_if(request.deviations, std::back_inserter(judgement.survivors),
                         [&](const DeviationName& one) { return !shown.caught.contains(one.name); });
    for (const auto& test_case : request.suite.suite.cases) {
        if (!asked.contains(&test_case) || shown.busy.contains(&test_case) == test_case.kept.empty())
            continue;
        (shown.busy.contains(&test_case) ? judgement.busy_and_kept : judgement.idle).push_back(&test_case);
    }
    return judgement;
}

} // namespace tongka::harness
