#include <algorithm>

#include <fmt/format.h>

#include "core/nearest.hpp"
#include "harness/language/do_step.hpp"
#include "harness/language/fields.hpp"
#include "harness/language/reader.hpp"
#include "harness/language/values.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using core::document::Node;

constexpr std::size_t shortest_command = 4;

Result<Role> read_owned_device(const Node& node, std::string_view what, const StepOwner& owner) {
    TONGKA_TRY(const auto role, read_device(node, what));
    if (std::ranges::find(owner.devices, role) == owner.devices.end())
        return fail(node.error(fmt::format("'{}' is not among the devices declared (device, devices)", node.text)));
    return role;
}

Result<std::vector<std::string>> read_about(const Node& node, const StepOwner& owner) {
    if (owner.covers == nullptr)
        return fail(node.error("a procedure is about no requirement of its own: say it where it is called"));
    TONGKA_TRY(auto ids, read_requirements(node));
    for (std::size_t i = 0; i < ids.size(); ++i) {
        if (std::ranges::find(*owner.covers, ids[i]) != owner.covers->end())
            continue;
        const std::vector<std::string_view> covered(owner.covers->begin(), owner.covers->end());
        const auto& place = node.kind == Node::Kind::list ? node.items[i] : node;
        return fail(place.error(fmt::format("'{}' is not in covers{}", ids[i], core::suggest(ids[i], covered))));
    }
    return ids;
}

Result<Action> read_send(const Node& node, bool raw) {
    const auto* key = raw ? "send-raw" : "send";
    TONGKA_TRY(auto command, parse_template(*find(node, key), key, raw ? 1 : shortest_command));
    auto pattern = default_pattern();
    if (const auto* expect = find(node, "expect")) {
        TONGKA_TRY(pattern, parse_pattern(*expect, "expect"));
    }
    Send send{raw, std::move(command), std::move(pattern)};
    if (const auto* tear = find(node, "tear")) {
        TONGKA_TRY(send.tear, read_tear(*tear));
        for (const auto& entry : node.entries)
            for (const auto* other : {"expect", "because", "requirement"})
                if (entry.key.text == other)
                    return fail(entry.key.error(fmt::format(
                        "'{}' does not go with 'tear': the answer is lost, and nothing is checked", other)));
    }
    return Action(std::move(send));
}

Result<Action> read_call(const Node& node) {
    const auto& name = *find(node, "call");
    TONGKA_CHECK(read_slug(name, "the name of a procedure"));
    Call call{.name = name};
    if (const auto* with = find(node, "with")) {
        TONGKA_TRY(call.with, read_bindings(*with, "with"));
    }
    if (const auto* gives = find(node, "gives")) {
        TONGKA_TRY(call.gives, read_gives(*gives));
    }
    return Action(std::move(call));
}

Result<Action> read_action(const Node& node, ActionKind kind, const StepOwner& owner) {
    switch (kind) {
    case ActionKind::send:
    case ActionKind::send_raw:
        return read_send(node, kind == ActionKind::send_raw);
    case ActionKind::let: {
        TONGKA_TRY(auto bindings, read_bindings(*find(node, "let"), "let"));
        return Action(Let{std::move(bindings)});
    }
    case ActionKind::check: {
        TONGKA_TRY(auto comparison, parse_comparison(*find(node, "check"), "check"));
        return Action(Check{std::move(comparison)});
    }
    case ActionKind::call:
        return read_call(node);
    case ActionKind::steps: {
        TONGKA_TRY(auto steps, read_steps(*find(node, "steps"), "steps", owner));
        return Action(Block{std::move(steps)});
    }
    case ActionKind::manual: {
        TONGKA_TRY(auto asks, read_words(*find(node, "manual"), "manual", false));
        return Action(Manual{std::move(asks)});
    }
    case ActionKind::act:
    case ActionKind::reset:
        break;
    }
    return Action(Reset{});
}

/// Commands go to the first that takes them, actions to the first that acts, unless the step names another.
Result<Role> device_of(const Node& node, ActionKind kind, const StepOwner& owner) {
    const bool commands = kind == ActionKind::send || kind == ActionKind::send_raw;
    const bool acts = kind == ActionKind::act;
    for (const auto* key : {"to", "reset"})
        if (const auto* named = find(node, key)) {
            TONGKA_TRY(const auto role, read_owned_device(*named, key, owner));
            if ((commands && is_actor(role)) || (acts && !is_actor(role)))
                return fail(named->error(fmt::format("the {} {}", name(role),
                                                     acts ? "does no actions: it takes commands (send)"
                                                          : "takes no commands: it does actions (do)")));
            return role;
        }
    if (!commands && !acts)
        return owner.devices.front();
    for (const auto role : owner.devices)
        if (is_actor(role) == acts)
            return role;
    return fail(node.error(fmt::format("{} is among the devices declared (device, devices)",
                                       acts ? "no terminal, file, host or reader" : "no card, psam or isam")));
}

Result<Step> read_step(const Node& node, const StepOwner& owner) {
    TONGKA_TRY(const auto kind, check_step_fields(node));
    TONGKA_TRY(const auto device, device_of(node, kind, owner));
    TONGKA_TRY(auto action, kind == ActionKind::act ? read_do(node, device, owner) : read_action(node, kind, owner));
    Step step{.place = node.where(), .device = device, .action = std::move(action)};
    if (const auto* because = find(node, "because")) {
        TONGKA_TRY(step.because, read_words(*because, "because", true));
    }
    if (const auto* about = find(node, "requirement")) {
        TONGKA_TRY(step.requirements, read_about(*about, owner));
    }
    if (const auto* when = find(node, "when")) {
        TONGKA_TRY(step.when, parse_comparison(*when, "when"));
    }
    if (const auto* rows = find(node, "for-each")) {
        TONGKA_TRY(step.rows, read_rows(*rows));
    }
    if (const auto* within = find(node, "within")) {
        TONGKA_TRY(step.within, read_within(*within));
    }
    if (const auto* repeat = find(node, "repeat")) {
        TONGKA_TRY(step.repeat, read_repeat(*repeat));
    }
    return step;
}

} // namespace

Result<std::vector<Step>> read_steps(const Node& node, std::string_view what, const StepOwner& owner) {
    std::vector<Step> steps;
    for (const auto& item : node.items) {
        TONGKA_TRY(auto step, read_step(item, owner));
        steps.push_back(std::move(step));
    }
    if (steps.empty())
        return fail(node.error(fmt::format("'{}' has no steps", what)));
    return steps;
}

} // namespace tongka::harness
