#include "harness/language/actions.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/nearest.hpp"
#include "harness/language/type.hpp"

namespace tongka::harness {
namespace {

constexpr std::size_t number_width = 4;

bool fits(const ActionSlot& slot, const ActionValue& value) {
    if (const auto* word = std::get_if<std::string>(&value))
        return slot.kind == ActionSlot::Kind::word &&
               (slot.words.empty() || std::ranges::find(slot.words, *word) != slot.words.end());
    const auto size = std::get<core::Bytes>(value).size();
    switch (slot.kind) {
    case ActionSlot::Kind::bytes:
        return slot.width == 0 || size == slot.width;
    case ActionSlot::Kind::number:
        return size == number_width;
    case ActionSlot::Kind::word:
        return false;
    }
    return false;
}

} // namespace

std::span<const ActionInfo> actions_of(Role role) {
    switch (role) {
    case Role::terminal:
        return terminal_actions();
    case Role::file:
        return file_actions();
    case Role::host:
        return host_actions();
    case Role::reader:
        return reader_actions();
    case Role::card:
    case Role::psam:
    case Role::isam:
        break;
    }
    return {};
}

const ActionInfo* find_action(Role role, std::string_view name) {
    const auto actions = actions_of(role);
    const auto found = std::ranges::find(actions, name, &ActionInfo::name);
    return found == actions.end() ? nullptr : &*found;
}

const ActionSlot* find_slot(std::span<const ActionSlot> slots, std::string_view name) {
    const auto found = std::ranges::find(slots, name, &ActionSlot::name);
    return found == slots.end() ? nullptr : &*found;
}

core::Error unknown_action(Role role, std::string_view name) {
    std::vector<std::string_view> names;
    for (const auto& action : actions_of(role))
        names.push_back(action.name);
    return {fmt::format("a {} has no action '{}'{}", harness::name(role), name, core::suggest(name, names))};
}

std::string form_of(const ActionSlot& slot) {
    switch (slot.kind) {
    case ActionSlot::Kind::bytes:
        return slot.width == 0 ? "bytes" : count_bytes(slot.width);
    case ActionSlot::Kind::number:
        return "u32";
    case ActionSlot::Kind::word:
        return slot.words.empty() ? "text" : fmt::format("{}", fmt::join(slot.words, " | "));
    }
    return {};
}

core::Result<void> check_results(const ActionInfo& action, const Values& results) {
    for (const auto& [name, value] : results.items()) {
        const auto* slot = find_slot(action.results, name);
        if (slot == nullptr)
            return core::fail(fmt::format("'{}' gave '{}', which is none of its results", action.name, name));
        if (!fits(*slot, value))
            return core::fail(fmt::format("'{}' gave a '{}' that is not {}", action.name, name, form_of(*slot)));
    }
    for (const auto& slot : action.results)
        if (slot.required && results.find(slot.name) == nullptr)
            return core::fail(fmt::format("'{}' gave no '{}'", action.name, slot.name));
    return {};
}

} // namespace tongka::harness
