#include "harness/run/case_runner.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/language/bindings.hpp"
#include "harness/language/matcher.hpp"
#include "harness/run/resumption.hpp"

namespace tongka::harness {

namespace {

core::Error at(const Step& step, const core::Error& error) {
    return {fmt::format("{}: {}", step.place, error.message)};
}

/// "row 2 (p1: 01, sw: 6A86): ", the cells as they were written.
void describe_row(const Row& row, std::size_t number, Words& turn) {
    std::string cells;
    for (const auto& cell : row.cells)
        cells += fmt::format("{}{}: {}", cells.empty() ? "" : ", ", cell.name(), cell.formula.source.text);
    turn.zh += fmt::format("第{}行（{}）：", number, cells);
    turn.en += fmt::format("row {} ({}): ", number, cells);
}

} // namespace

CaseResult CaseRunner::run(const Case& test_case, const std::vector<const Procedure*>& afterwards,
                           std::vector<const Procedure*>& restored) {
    case_ = &test_case;
    device_lost_ = false;
    trace_.begin(test_case, why_not_again(test_case, devices_).has_value());
    CaseResult result;
    Environment environment(lookup_);

    phase_ = Phase::setup;
    std::optional<Stop> stop;
    for (const Role role : test_case.devices)
        if (!stop)
            stop = is_actor(role) ? begin(role) : reset(role);
    if (!stop)
        if (auto bound = bind(test_case.vars, environment); !bound)
            stop = Stop::of(bound.error());
    if (!stop)
        stop = run_phase(Phase::setup, test_case.setup, environment);
    // The cleanup sees what was bound up to here (docs/cases.md).
    const std::size_t names_for_cleanup = environment.size();
    if (stop) {
        // What fails before the steps says nothing about what the case is for.
        const bool inconclusive = stop->failed_check || stop->inconclusive;
        result.verdict = inconclusive ? Verdict::inconclusive : Verdict::error;
        result.reason =
            inconclusive ? Words{"准备阶段：" + stop->reason.zh, "setup: " + stop->reason.en} : stop->reason;
    } else {
        stop = run_phase(Phase::steps, test_case.steps, environment);
        result.checks = checks_;
        if (stop) {
            result.verdict = stop->inconclusive   ? Verdict::inconclusive
                             : stop->failed_check ? Verdict::fail
                                                  : Verdict::error;
            result.observation = stop->observation;
            result.reason = stop->reason;
        } else if (checks_ == 0) {
            result.verdict = Verdict::inconclusive;
            result.reason = {"没有做任何检查", "nothing was checked"};
        }
    }

    environment.shrink(names_for_cleanup);
    if (auto failed = run_phase(Phase::cleanup, test_case.cleanup, environment))
        result.cleanup = failed->reason;
    for (const auto* procedure : afterwards) {
        Environment own(lookup_);
        if (auto failed = run_steps(procedure->steps, procedure->name, own)) {
            const bool first = result.cleanup.empty();
            result.cleanup.zh += fmt::format("{}{}：{}", first ? "" : "；", procedure->name, failed->reason.zh);
            result.cleanup.en += fmt::format("{}{}: {}", first ? "" : "; ", procedure->name, failed->reason.en);
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
    if (case_->program)
        return run_program(phase);
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
            return Stop::of(holds.error());
        if (!holds->pass)
            return std::nullopt;
    }
    return step.is_loop() ? run_loop(step, path, environment) : run_once(step, path, environment);
}

std::optional<CaseRunner::Stop> CaseRunner::run_loop(const Step& step, const std::string& path,
                                                     Environment& environment) {
    const auto names_outside = environment.size();
    const Words turn_outside = turn_;
    const unsigned rounds = step.repeat ? step.repeat->times : 1;
    for (std::size_t row = 0; row < std::max<std::size_t>(step.rows.size(), 1); ++row)
        for (unsigned round = 1; round <= rounds; ++round) {
            auto turn_path = path;
            turn_ = turn_outside;
            core::Result<void> bound;
            if (!step.rows.empty()) {
                turn_path += fmt::format("/row-{}", row + 1);
                describe_row(step.rows[row], row + 1, turn_);
                bound = bind(step.rows[row].cells, environment);
            }
            if (step.repeat) {
                turn_path += fmt::format("/round-{}", round);
                turn_.zh += fmt::format("第{}次：", round);
                turn_.en += fmt::format("round {}: ", round);
                if (bound)
                    bound = environment.bind(round_name, core::Bytes{static_cast<core::Byte>(round)});
            }
            auto stop = bound ? run_once(step, turn_path, environment) : Stop::of(bound.error());
            // What a failed check says has its turn already.
            if (stop && !stop->failed_check && !stop->told)
                *stop = {.inconclusive = stop->inconclusive,
                         .told = true,
                         .reason = {turn_.zh + stop->reason.zh, turn_.en + stop->reason.en}};
            environment.shrink(names_outside);
            if (stop) {
                turn_ = turn_outside;
                return stop;
            }
        }
    turn_ = turn_outside;
    return std::nullopt;
}

std::optional<CaseRunner::Stop> CaseRunner::block(const Step& step, const Block& action, const std::string& path,
                                                  Environment& environment) {
    calls_.push_back(&step);
    auto stop = run_steps(action.steps, path, environment);
    calls_.pop_back();
    return stop;
}

std::optional<CaseRunner::Stop> CaseRunner::run_once(const Step& step, const std::string& path,
                                                     Environment& environment) {
    const auto before = stopwatch_.now();
    auto stop = perform(step, path, environment);
    return stop || !step.within ? stop : check_time(step, path, before);
}

std::optional<CaseRunner::Stop> CaseRunner::perform(const Step& step, const std::string& path,
                                                    Environment& environment) {
    if (const auto* action = std::get_if<Send>(&step.action))
        return send(step, *action, path, environment);
    if (const auto* action = std::get_if<Call>(&step.action))
        return call(step, *action, path, environment);
    if (const auto* action = std::get_if<Block>(&step.action))
        return block(step, *action, path, environment);
    if (std::holds_alternative<Reset>(step.action))
        return reset(step.device);
    if (const auto* action = std::get_if<Do>(&step.action))
        return act(step, *action, path, environment);
    if (const auto* action = std::get_if<Manual>(&step.action))
        return ask(step, *action, path);
    if (const auto* action = std::get_if<Check>(&step.action)) {
        const auto result = compare(action->comparison, environment);
        return result ? record_check(step, path, *result) : Stop::of(result.error());
    }
    if (auto bound = bind(std::get<Let>(step.action).bindings, environment); !bound)
        return Stop::of(bound.error());
    return std::nullopt;
}

std::optional<CaseRunner::Stop> CaseRunner::send(const Step& step, const Send& action, const std::string& path,
                                                 Environment& environment) {
    const auto command = build(action.command, environment);
    if (!command)
        return Stop::of(command.error());
    if (action.tear)
        return tear(step, *action.tear, path, *command);
    core::Bytes answer;
    if (auto stop = exchange(step, *command, action.raw, path, answer))
        return stop;
    const auto response = core::parse_response(answer);
    if (!response)
        return Stop::of(at(step, response.error()));
    const auto result = match(action.expect, *response, environment);
    if (!result)
        return Stop::of(result.error());
    return action.expect.is_any() ? std::nullopt : record_check(step, path, *result);
}

std::optional<CaseRunner::Stop> CaseRunner::exchange(const Step& step, core::BytesView command, bool raw,
                                                     const std::string& path, core::Bytes& whole_answer) {
    Device& device = *devices_.at(step.device);
    std::vector<Exchange> tpdus;
    const auto sent = std::chrono::steady_clock::now();
    auto answer = raw ? send_raw(device, command, tpdus) : send_apdu(device, command, tpdus);
    const auto answered = std::chrono::steady_clock::now() + device.pretended_delay();
    stopwatch_.count(step.device, std::chrono::duration_cast<Stopwatch::Duration>(answered - sent));
    const Position position{phase_, path, step.place};
    trace_.exchange(step.device, position, sent, answered, command,
                    answer ? core::BytesView(*answer) : core::BytesView{},
                    answer ? device.last_reason() : answer.error().message, tpdus);
    if (!answer)
        return Stop::of(at(step, answer.error()));
    whole_answer = *std::move(answer);
    return std::nullopt;
}

std::optional<CaseRunner::Stop> CaseRunner::tear(const Step& step, Tear where, const std::string& path,
                                                 core::BytesView command) {
    Device& device = *devices_.at(step.device);
    if (auto armed = device.tear(where); !armed)
        return Stop::of(at(step, armed.error()));
    std::vector<Exchange> tpdus;
    const auto sent = std::chrono::steady_clock::now();
    const auto answer = send_apdu(device, command, tpdus);
    const auto answered = std::chrono::steady_clock::now();
    const auto place = fmt::format("{} write {}", where.after ? "after" : "before", where.write);
    trace_.exchange(step.device, {phase_, path, step.place}, sent, answered, command,
                    answer ? core::BytesView(*answer) : core::BytesView{},
                    answer ? device.last_reason() : fmt::format("the power was cut {}, as the case asks", place),
                    tpdus);
    if (!answer)
        return reset(step.device);
    if (auto disarmed = device.tear(std::nullopt); !disarmed)
        return Stop::of(at(step, disarmed.error()));
    const auto write = where.write;
    const auto status = core::to_hex(core::BytesView(*answer).last(2));
    return Stop{.inconclusive = true,
                .reason = {fmt::format("设备在第{}次写入之前已应答{}，没有断电", write, status),
                           fmt::format("the device answered {} before it came to write {}: its power was not cut",
                                       status, write)}};
}

std::optional<CaseRunner::Stop> CaseRunner::record_check(const Step& step, const std::string& path,
                                                         const CheckResult& result) {
    ++checks_;
    // What a step does not say for itself, the innermost call says for it.
    const auto* requirements = &step.requirements;
    const auto* because = &step.because;
    for (auto at = calls_.rbegin(); at != calls_.rend(); ++at) {
        requirements = requirements->empty() ? &(*at)->requirements : requirements;
        because = *because ? because : &(*at)->because;
    }
    if (requirements->empty())
        requirements = &case_->covers;
    if (result.pass) {
        trace_.check({phase_, path, step.place}, result, *because, *requirements);
        return std::nullopt;
    }
    auto failed = result;
    failed.message = {turn_.zh + result.message.zh, turn_.en + result.message.en};
    trace_.check({phase_, path, step.place}, failed, *because, *requirements);
    const bool all_inferred = std::ranges::all_of(*requirements, [&](const auto& id) {
        const auto* requirement = catalogue_.find(id);
        return requirement && requirement->is_inferred();
    });
    return Stop{.failed_check = true, .observation = all_inferred, .reason = failed.message};
}

std::optional<CaseRunner::Stop> CaseRunner::call(const Step& step, const Call& action, const std::string& path,
                                                 Environment& environment) {
    auto inner = enter(action, environment);
    if (!inner)
        return Stop::of(inner.error());
    calls_.push_back(&step);
    auto stop = run_steps(action.procedure->steps, path + "/" + action.procedure->name, *inner);
    calls_.pop_back();
    if (stop)
        return stop;
    if (auto left = leave(action, *inner, environment); !left)
        return Stop::of(left.error());
    return std::nullopt;
}

std::optional<CaseRunner::Stop> CaseRunner::check_time(const Step& step, const std::string& path,
                                                       const Stopwatch::Reading& before) {
    const auto most =
        step.within->most ? core::Result<Stopwatch::Duration>(*step.within->most) : lookup_.limit(step.within->limit);
    if (!most)
        return Stop::of(step.within->source.error(most.error().message));
    return record_check(step, path, stopwatch_.judge(before, *most));
}

std::optional<CaseRunner::Stop> CaseRunner::ask(const Step& step, const Manual& action, const std::string& path) {
    const Position position{phase_, path, step.place};
    const auto answer = attendant_.person->ask(*case_, action.asks);
    if (!answer)
        return Stop::of(at(step, answer.error()));
    if (!*answer)
        return Stop{.inconclusive = true,
                    .reason = {"操作员不能确定：" + action.asks.zh, "the operator cannot tell: " + action.asks.en}};
    std::string received = fmt::format("{}, {}", (*answer)->yes ? "yes" : "no", (*answer)->by);
    if (!(*answer)->remark.empty())
        received += ": " + (*answer)->remark;
    for (const auto& file : (*answer)->attachments) {
        const auto attachment = attach(file, attendant_.attachments);
        if (!attachment)
            return Stop::of(at(step, attachment.error()));
        trace_.attachment(position, *attachment);
        received += " [" + attachment->name + "]";
    }
    return record_check(step, path,
                        {.pass = (*answer)->yes,
                         .expected = action.asks.en,
                         .received = std::move(received),
                         .message = {"操作员：否。" + action.asks.zh, "the operator says no: " + action.asks.en}});
}

std::optional<CaseRunner::Stop> CaseRunner::reset(Role role) {
    const auto done = is_actor(role) ? devices_.actor(role)->restart() : devices_.at(role)->reset();
    if (!done) {
        device_lost_ = true;
        return Stop::of(done.error());
    }
    trace_.reset(role, phase_);
    return std::nullopt;
}

} // namespace tongka::harness
