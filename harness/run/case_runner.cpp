#include "harness/run/case_runner.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/language/evaluator.hpp"
#include "harness/language/matcher.hpp"

namespace tongka::harness {

struct CaseRunner::Stop {
    bool failed_check = false; ///< a check failed; else something was wrong with device, set-up or case
    bool observation = false;
    std::string reason;
};

namespace {

std::string at(const Step& step, const std::string& message) {
    return fmt::format("{}: {}", step.place, message);
}

} // namespace

CaseResult CaseRunner::run(const Case& test_case, const std::vector<const Procedure*>& afterwards,
                           std::vector<const Procedure*>& restored) {
    case_ = &test_case;
    device_lost_ = false;
    trace_.begin(test_case);
    CaseResult result;
    Environment environment(lookup_);

    phase_ = Phase::setup;
    std::optional<Stop> stop;
    for (const Role role : test_case.devices)
        if (!stop)
            stop = reset(role);
    for (const auto& variable : test_case.vars) {
        if (stop)
            break;
        auto value = evaluate(variable.formula, environment);
        if (!value)
            stop = Stop{.reason = value.error().message};
        else if (auto bound = environment.bind(variable.name(), *std::move(value)); !bound)
            stop = Stop{.reason = bound.error().message};
    }
    if (!stop)
        stop = run_phase(Phase::setup, test_case.setup, environment);
    if (stop) {
        // What fails before the steps says nothing about what the case is for.
        result.verdict = stop->failed_check ? Verdict::inconclusive : Verdict::error;
        result.reason = stop->failed_check ? "setup: " + stop->reason : stop->reason;
    } else {
        stop = run_phase(Phase::steps, test_case.steps, environment);
        result.checks = checks_;
        if (stop) {
            result.verdict = stop->failed_check ? Verdict::fail : Verdict::error;
            result.observation = stop->observation;
            result.reason = stop->reason;
        } else if (checks_ == 0) {
            result.verdict = Verdict::inconclusive;
            result.reason = "nothing was checked";
        }
    }

    if (auto failed = run_phase(Phase::cleanup, test_case.cleanup, environment))
        result.cleanup = failed->reason;
    for (const auto* procedure : afterwards) {
        Environment own(lookup_);
        if (auto failed = run_steps(procedure->steps, procedure->name, own)) {
            result.cleanup +=
                fmt::format("{}{}: {}", result.cleanup.empty() ? "" : "; ", procedure->name, failed->reason);
            continue;
        }
        restored.push_back(procedure);
    }
    trace_.end(result);
    return result;
}

std::optional<CaseRunner::Stop> CaseRunner::run_phase(Phase phase, const std::vector<Step>& steps,
                                                      Environment& environment) {
    phase_ = phase;
    checks_ = 0;
    return run_steps(steps, std::string(name(phase)), environment);
}

std::optional<CaseRunner::Stop> CaseRunner::run_steps(const std::vector<Step>& steps, const std::string& path,
                                                      Environment& environment) {
    for (std::size_t i = 0; i < steps.size(); ++i)
        if (auto stop = run_step(steps[i], fmt::format("{}[{}]", path, i), environment))
            return stop;
    return std::nullopt;
}

std::optional<CaseRunner::Stop> CaseRunner::run_step(const Step& step, const std::string& path,
                                                     Environment& environment) {
    if (step.when) {
        const auto holds = compare(*step.when, environment);
        if (!holds)
            return Stop{.reason = holds.error().message};
        if (!holds->pass)
            return std::nullopt;
    }
    if (const auto* action = std::get_if<Send>(&step.action))
        return send(step, *action, path, environment);
    if (const auto* action = std::get_if<Call>(&step.action))
        return call(*action, path, environment);
    if (std::holds_alternative<Reset>(step.action))
        return reset(step.device);
    if (const auto* action = std::get_if<Check>(&step.action)) {
        const auto result = compare(action->comparison, environment);
        return result ? record_check(step, path, *result) : Stop{.reason = result.error().message};
    }
    for (const auto& binding : std::get<Let>(step.action).bindings) {
        auto value = evaluate(binding.formula, environment);
        if (!value)
            return Stop{.reason = value.error().message};
        if (auto bound = environment.bind(binding.name(), *std::move(value)); !bound)
            return Stop{.reason = at(step, bound.error().message)};
    }
    return std::nullopt;
}

std::optional<CaseRunner::Stop> CaseRunner::send(const Step& step, const Send& action, const std::string& path,
                                                 Environment& environment) {
    const auto command = build(action.command, environment);
    if (!command)
        return Stop{.reason = command.error().message};
    Device& device = *devices_.at(step.device);
    std::vector<Exchange> tpdus;
    const auto sent = std::chrono::steady_clock::now();
    const auto answer = action.raw ? send_raw(device, *command, tpdus) : send_apdu(device, *command, tpdus);
    const auto answered = std::chrono::steady_clock::now();
    const Position position{phase_, path, step.place};
    trace_.exchange(step.device, position, sent, answered, *command,
                    answer ? core::BytesView(*answer) : core::BytesView{},
                    answer ? device.last_reason() : answer.error().message, tpdus);
    if (!answer)
        return Stop{.reason = at(step, answer.error().message)};
    const auto response = core::parse_response(*answer);
    if (!response)
        return Stop{.reason = at(step, response.error().message)};
    const auto result = match(action.expect, *response, environment);
    if (!result)
        return Stop{.reason = result.error().message};
    return action.expect.is_any() ? std::nullopt : record_check(step, path, *result);
}

std::optional<CaseRunner::Stop> CaseRunner::record_check(const Step& step, const std::string& path,
                                                         const CheckResult& result) {
    ++checks_;
    const auto& requirements = step.requirements.empty() ? case_->covers : step.requirements;
    trace_.check({phase_, path, step.place}, result, step.because, requirements);
    if (result.pass)
        return std::nullopt;
    const bool all_inferred = std::ranges::all_of(requirements, [&](const auto& id) {
        const auto* requirement = catalogue_.find(id);
        return requirement && requirement->is_inferred();
    });
    return Stop{.failed_check = true, .observation = all_inferred, .reason = result.message};
}

std::optional<CaseRunner::Stop> CaseRunner::call(const Call& action, const std::string& path,
                                                 Environment& environment) {
    Environment inner(lookup_);
    for (const auto& parameter : action.with) {
        auto value = evaluate(parameter.formula, environment);
        if (!value)
            return Stop{.reason = value.error().message};
        if (auto bound = inner.bind(parameter.name(), *std::move(value)); !bound)
            return Stop{.reason = bound.error().message};
    }
    if (auto stop = run_steps(action.procedure->steps, path + "/" + action.procedure->name, inner))
        return stop;
    for (const auto& give : action.gives) {
        const auto* value = inner.find(give.returned.text);
        if (!value)
            return Stop{.reason = give.returned.error("the procedure did not bind it").message};
        if (auto bound = environment.bind(give.name.text, *value); !bound)
            return Stop{.reason = give.name.error(bound.error().message).message};
    }
    return std::nullopt;
}

std::optional<CaseRunner::Stop> CaseRunner::reset(Role role) {
    const auto answer = devices_.at(role)->reset();
    if (!answer) {
        device_lost_ = true;
        return Stop{.reason = answer.error().message};
    }
    trace_.reset(role, phase_, *answer);
    return std::nullopt;
}

} // namespace tongka::harness
