#include "harness/language/do_step.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "core/nearest.hpp"
#include "harness/language/checker.hpp"
#include "harness/language/evaluator.hpp"
#include "harness/language/fields.hpp"
#include "harness/language/parser.hpp"
#include "harness/language/values.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using core::document::Entry;
using core::document::Node;

constexpr std::size_t number_width = 4;

Type type_of(const ActionSlot& slot) {
    if (slot.kind == ActionSlot::Kind::number)
        return Type::bytes(number_width);
    return slot.width == 0 ? Type::bytes() : Type::bytes(slot.width);
}

bool fits(const ActionSlot& slot, const Type& type) {
    const auto wanted = type_of(slot);
    return !type.is_key() && (!type.width || !wanted.width || *type.width == *wanted.width);
}

/// The slot of this name, or the Error with the nearest; `what` is "parameter" or "result".
Result<const ActionSlot*> slot_of(const Node& name, std::span<const ActionSlot> slots, std::string_view what,
                                  const ActionInfo& action) {
    TONGKA_TRY(const auto text, name.as_text(what));
    if (const auto* slot = find_slot(slots, text))
        return slot;
    std::vector<std::string_view> names;
    for (const auto& slot : slots)
        names.push_back(slot.name);
    return fail(
        name.error(fmt::format("'{}' is no {} of '{}'{}", text, what, action.name, core::suggest(text, names))));
}

Result<ActionArgument> read_argument(const Entry& entry, const ActionInfo& action) {
    TONGKA_TRY(const auto* slot, slot_of(entry.key, action.parameters, "parameter", action));
    if (slot->kind != ActionSlot::Kind::word) {
        TONGKA_TRY(auto formula, parse_formula(entry.value, "with"));
        return ActionArgument{.slot = slot, .formula = std::move(formula)};
    }
    TONGKA_TRY(const auto word, entry.value.as_text(slot->name));
    if (std::ranges::find(slot->words, word) == slot->words.end())
        return fail(
            entry.value.error(fmt::format("'{}' is never '{}'{}", slot->name, word, core::suggest(word, slot->words))));
    return ActionArgument{.slot = slot, .formula = {.source = entry.value}, .word = std::string(word)};
}

Result<void> read_arguments(const Node& node, Do& step) {
    if (const auto* with = find(node, "with"))
        for (const auto& entry : with->entries) {
            TONGKA_TRY(auto argument, read_argument(entry, *step.action));
            step.with.push_back(std::move(argument));
        }
    for (const auto& slot : step.action->parameters)
        if (slot.required && std::ranges::find(step.with, &slot, &ActionArgument::slot) == step.with.end())
            return fail(find(node, "do")->error(fmt::format("action '{}' needs '{}'", step.action->name, slot.name)));
    return {};
}

Result<void> read_results(const Node& node, Do& step) {
    if (const auto* expect = find(node, "expect"))
        for (const auto& entry : expect->entries) {
            TONGKA_TRY(const auto* slot, slot_of(entry.key, step.action->results, "result", *step.action));
            TONGKA_TRY(auto expectation, parse_expectation(entry.value, *slot));
            step.expect.push_back(std::move(expectation));
        }
    const auto* gives = find(node, "gives");
    if (gives == nullptr)
        return {};
    TONGKA_TRY(step.gives, read_gives(*gives));
    for (const auto& give : step.gives) {
        TONGKA_TRY(const auto* slot, slot_of(give.returned, step.action->results, "result", *step.action));
        if (slot->kind == ActionSlot::Kind::word)
            return fail(give.returned.error(fmt::format("'{}' is a word: only bytes can be bound", slot->name)));
    }
    return {};
}

Result<core::Bytes> read_bytes(const Node& node, std::string_view what) {
    TONGKA_TRY(const auto text, node.as_text(what));
    auto bytes = core::from_hex(text);
    if (!bytes || bytes->empty())
        return fail(node.error(bytes ? fmt::format("'{}' is empty", what) : bytes.error().message));
    return bytes;
}

/// The entries that every cut has; the others are left in `rest`.
Result<Cut> read_cut(const Node& node, std::string_view what, std::span<const std::string_view> more,
                     const StepOwner& owner, Node& rest) {
    constexpr std::string_view own[] = {"device", "command"};
    std::vector<std::string_view> known(std::begin(own), std::end(own));
    known.insert(known.end(), more.begin(), more.end());
    rest = node;
    rest.entries.clear();
    for (const auto& entry : node.entries) {
        if (std::ranges::find(known, std::string_view(entry.key.text)) == known.end())
            return fail(entry.key.error(
                fmt::format("unknown key '{}' in {}{}", entry.key.text, what, core::suggest(entry.key.text, known))));
        if (std::ranges::find(own, std::string_view(entry.key.text)) == std::end(own))
            rest.entries.push_back(entry);
    }
    for (const auto key : own)
        if (find(node, key) == nullptr)
            return fail(node.error(fmt::format("'{}' needs '{}'", what, key)));
    Cut cut;
    const auto& device = *find(node, "device");
    TONGKA_TRY(cut.device, read_device(device, "device"));
    if (is_actor(cut.device))
        return fail(device.error(fmt::format("the {} takes no commands: name card, psam or isam", name(cut.device))));
    if (std::ranges::find(owner.devices, cut.device) == owner.devices.end())
        return fail(device.error(fmt::format("'{}' is not among the devices declared (device, devices)", device.text)));
    TONGKA_TRY(cut.command, read_bytes(*find(node, "command"), "command"));
    return cut;
}

Result<Spoil> read_spoil(const Node& node) {
    constexpr unsigned longest_answer = 65'538;
    const auto* bytes = find(node, "bytes");
    if (bytes == nullptr)
        return fail(node.error("'spoil' needs 'bytes'"));
    Spoil spoil;
    TONGKA_TRY(spoil.bytes, read_bytes(*bytes, "bytes"));
    if (const auto* from = find(node, "from")) {
        TONGKA_TRY(spoil.from, read_count(*from, "the number of a byte", longest_answer));
    }
    return spoil;
}

/// What happens to a device during the action, if anything.
Result<std::optional<Cut>> read_cuts(const Node& node, const StepOwner& owner) {
    constexpr std::string_view kinds[] = {"tear", "lose", "spoil"};
    constexpr std::string_view of_spoil[] = {"from", "bytes"};
    std::optional<Cut> cut;
    std::string_view first;
    for (const auto kind : kinds) {
        const auto* found = find(node, kind);
        if (found == nullptr)
            continue;
        if (cut)
            return fail(
                found->error(fmt::format("'{}' does not go with '{}': one thing happens in a step", kind, first)));
        first = kind;
        Node rest = *found;
        const auto more = kind == "tear"    ? tear_names()
                          : kind == "spoil" ? std::span<const std::string_view>(of_spoil)
                                            : std::span<const std::string_view>();
        TONGKA_TRY(cut, read_cut(*found, kind, more, owner, rest));
        if (kind == "tear") {
            TONGKA_TRY(cut->tear, read_tear(rest));
        } else if (kind == "spoil") {
            TONGKA_TRY(cut->spoil, read_spoil(rest));
        }
    }
    return cut;
}

} // namespace

Result<Action> read_do(const Node& node, Role actor, const StepOwner& owner) {
    const auto& name = *find(node, "do");
    TONGKA_TRY(const auto text, name.as_text("do"));
    Do step{.action = find_action(actor, text)};
    if (step.action == nullptr)
        return fail(name.error(unknown_action(actor, text).message));
    TONGKA_CHECK(read_arguments(node, step));
    TONGKA_CHECK(read_results(node, step));
    TONGKA_TRY(step.cut, read_cuts(node, owner));
    return Action(std::move(step));
}

Result<void> check_do(const Do& step, Scope& scope) {
    for (const auto& argument : step.with) {
        const auto& slot = *argument.slot;
        if (slot.kind == ActionSlot::Kind::word)
            continue;
        TONGKA_TRY(const auto type, check(argument.formula, scope));
        if (!fits(slot, type))
            return fail(
                argument.formula.source.error(fmt::format("parameter '{}' of '{}' is {}, but this is {}", slot.name,
                                                          step.action->name, form_of(slot), to_string(type))));
    }
    for (const auto& expectation : step.expect)
        TONGKA_CHECK(check(expectation, scope));
    for (const auto& give : step.gives)
        TONGKA_CHECK(
            scope.bind(give.name.text, type_of(*find_slot(step.action->results, give.returned.text)), give.name));
    return {};
}

Result<Values> arguments_of(const Do& step, const Environment& environment) {
    Values values;
    for (const auto& argument : step.with) {
        const auto& slot = *argument.slot;
        if (slot.kind == ActionSlot::Kind::word) {
            values.set_word(slot.name, argument.word);
            continue;
        }
        const auto& source = argument.formula.source;
        TONGKA_TRY(auto bytes, evaluate_bytes(argument.formula.root, source, environment));
        if (!fits(slot, Type::bytes(bytes.size())))
            return fail(source.error(
                fmt::format("'{}' must be {}, but is {}", slot.name, form_of(slot), count_bytes(bytes.size()))));
        values.set(slot.name, std::move(bytes));
    }
    return values;
}

} // namespace tongka::harness
