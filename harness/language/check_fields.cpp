#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/nearest.hpp"
#include "harness/language/fields.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using core::document::Entry;
using core::document::Node;

bool allows(Shape shape, core::document::Node::Kind kind) {
    using Kind = core::document::Node::Kind;
    switch (shape) {
    case Shape::slug:
    case Shape::text:
    case Shape::device:
    case Shape::role:
    case Shape::action:
    case Shape::count:
    case Shape::duration:
        return kind == Kind::text;
    case Shape::requirements:
    case Shape::several_roles:
    case Shape::rows:
    case Shape::steps:
        return kind == Kind::list;
    case Shape::words:
    case Shape::tear:
    case Shape::cut:
    case Shape::lost:
    case Shape::spoilt:
    case Shape::arguments:
    case Shape::expectations:
    case Shape::results:
    case Shape::tries:
    case Shape::expressions:
    case Shape::slots:
    case Shape::names:
        return kind == Kind::mapping;
    case Shape::remark:
        return kind != Kind::list;
    case Shape::about:
        return kind != Kind::mapping;
    }
    return false;
}

/// "a text or a mapping"
std::string allowed_kinds(Shape shape) {
    std::string text;
    for (auto kind : {Node::Kind::text, Node::Kind::list, Node::Kind::mapping})
        if (allows(shape, kind))
            text += (text.empty() ? "" : " or ") + std::string(to_string(kind));
    return text;
}

Result<void> check_value(const Entry& entry, const Field& field) {
    if (allows(field.shape, entry.value.kind))
        return {};
    return fail(entry.value.error(
        fmt::format("'{}' must be {}, not {}", field.key, allowed_kinds(field.shape), to_string(entry.value.kind))));
}

std::vector<std::string_view> keys_of(std::span<const Field> fields) {
    std::vector<std::string_view> keys;
    for (const auto& field : fields)
        keys.push_back(field.key);
    return keys;
}

bool is_among(std::span<const Field> fields, std::string_view key) {
    return std::ranges::find(fields, key, &Field::key) != fields.end();
}

std::vector<std::string_view> action_keys() {
    std::vector<std::string_view> keys;
    for (const auto& action : action_fields())
        keys.push_back(action.fields.front().key);
    return keys;
}

/// Every key that some step may have.
std::vector<std::string_view> step_keys() {
    std::vector<std::string_view> keys;
    for (const auto& action : action_fields())
        for (const auto& field : action.fields)
            if (std::ranges::find(keys, field.key) == keys.end())
                keys.push_back(field.key);
    return keys;
}

} // namespace

Result<void> check_fields(const Node& node, std::span<const Field> fields, std::string_view what) {
    TONGKA_CHECK(node.as_entries(what));
    for (const auto& entry : node.entries) {
        const auto field = std::ranges::find(fields, std::string_view(entry.key.text), &Field::key);
        if (field == fields.end())
            return fail(entry.key.error(fmt::format("unknown key '{}' in {}{}", entry.key.text, what,
                                                    core::suggest(entry.key.text, keys_of(fields)))));
        TONGKA_CHECK(check_value(entry, *field));
    }
    for (const auto& field : fields)
        if (field.required && find(node, field.key) == nullptr)
            return fail(node.error(fmt::format("{} needs '{}'", what, field.key)));
    return {};
}

Result<ActionKind> check_step_fields(const Node& node) {
    TONGKA_CHECK(node.as_entries("a step"));
    const auto known = step_keys();
    for (const auto& entry : node.entries)
        if (std::ranges::find(known, std::string_view(entry.key.text)) == known.end())
            return fail(entry.key.error(
                fmt::format("unknown key '{}' in a step{}", entry.key.text, core::suggest(entry.key.text, known))));
    const ActionFields* action = nullptr;
    for (const auto& candidate : action_fields()) {
        const auto key = candidate.fields.front().key;
        if (find(node, key) == nullptr)
            continue;
        if (action != nullptr)
            return fail(node.error(
                fmt::format("a step does one thing, but this has '{}' and '{}'", action->fields.front().key, key)));
        action = &candidate;
    }
    if (action == nullptr)
        return fail(node.error(fmt::format("a step needs one of {}", fmt::join(action_keys(), ", "))));
    for (const auto& entry : node.entries)
        if (!is_among(action->fields, entry.key.text))
            return fail(
                entry.key.error(fmt::format("'{}' does not go with '{}'", entry.key.text, action->fields.front().key)));
    TONGKA_CHECK(check_fields(node, action->fields, "a step"));
    return action->kind;
}

} // namespace tongka::harness
