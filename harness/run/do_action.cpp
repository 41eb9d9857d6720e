#include <fmt/format.h>

#include "harness/language/do_step.hpp"
#include "harness/run/action_lines.hpp"
#include "harness/run/case_runner.hpp"

namespace tongka::harness {
namespace {

core::Error at(const Step& step, const core::Error& error) {
    return {fmt::format("{}: {}", step.place, error.message)};
}

} // namespace

std::optional<CaseRunner::Stop> CaseRunner::act(const Step& step, const Do& action, const std::string& path,
                                                Environment& environment) {
    const auto arguments = arguments_of(action, environment);
    if (!arguments)
        return Stop::of(arguments.error());
    const Position position{phase_, path, step.place};
    ActionLines lines(devices_, case_->devices, action.cut, position, trace_);
    const auto asked = std::chrono::steady_clock::now();
    trace_.action(step.device, position, asked, action, *arguments);
    const auto results = devices_.actor(step.device)->act(action.action->name, *arguments, lines.lines());
    trace_.outcome(step.device, position, asked, std::chrono::steady_clock::now(), action, results);
    // Whatever came of it, the device is there again for what follows, and for the cleanup.
    if (lines.is_gone())
        if (auto stop = reset(action.cut->device))
            return stop;
    if (lines.trouble())
        return Stop::of(at(step, *lines.trouble()));
    if (!results)
        return Stop::of(at(step, results.error()));
    if (auto fits = check_results(*action.action, *results); !fits)
        return Stop::of(at(step, fits.error()));
    if (action.cut && !lines.has_cut())
        return Stop{.inconclusive = true, .reason = lines.why_not_cut()};
    return judge(step, action, path, *results, environment);
}

std::optional<CaseRunner::Stop> CaseRunner::judge(const Step& step, const Do& action, const std::string& path,
                                                  const Values& results, Environment& environment) {
    // All results are compared, so that a report shows the whole difference; the first that differs is the reason.
    std::optional<Stop> failed;
    for (const auto& expectation : action.expect) {
        const auto result = compare(expectation, results, environment);
        if (!result)
            return Stop::of(result.error());
        auto stop = record_check(step, path, *result);
        if (!failed)
            failed = std::move(stop);
    }
    for (const auto& give : action.gives) {
        if (failed)
            break;
        const auto* value = results.find(give.returned.text);
        if (value == nullptr)
            failed = record_check(step, path, not_given(give.returned.text, give.returned.text));
        else if (auto bound = environment.bind(give.name.text, std::get<core::Bytes>(*value)); !bound)
            return Stop::of(give.name.error(bound.error().message));
    }
    return failed;
}

std::optional<CaseRunner::Stop> CaseRunner::begin(Role role) {
    if (auto begun = devices_.actor(role)->begin(); !begun) {
        device_lost_ = true;
        return Stop::of(begun.error());
    }
    trace_.reset(role, phase_);
    return std::nullopt;
}

} // namespace tongka::harness
