#include "harness/language/schema.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/language/actions.hpp"
#include "harness/language/fields.hpp"
#include "harness/language/function.hpp"
#include "harness/language/given.hpp"
#include "harness/language/names.hpp"
#include "harness/language/schema_parts.hpp"
#include "harness/language/within.hpp"

namespace tongka::harness {
namespace {

using schema::count;
using schema::Json;
using schema::list_of;
using schema::matching;
using schema::text;
using schema::words;

/// {name: value} with names of the writer's own.
Json names_of(Json value) {
    return {{"type", "object"},
            {"propertyNames", {{"pattern", variable_pattern}}},
            {"additionalProperties", std::move(value)}};
}

Json tries() {
    Json properties = Json::object();
    for (auto name : try_names())
        properties[std::string(name)] = count();
    return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

Json tear() {
    Json one_of = Json::array();
    for (auto name : tear_names())
        one_of.push_back({{"type", "object"},
                          {"properties", {{name, count()}}},
                          {"required", {name}},
                          {"additionalProperties", false}});
    return {{"oneOf", std::move(one_of)}};
}

/// What happens to a device at the first command that begins so.
Json lost() {
    return {{"type", "object"},
            {"properties", {{"device", {{"enum", device_names()}}}, {"command", text()}}},
            {"required", {"device", "command"}},
            {"additionalProperties", false}};
}

Json cut() {
    Json one_of = Json::array();
    for (auto name : tear_names()) {
        auto one = lost();
        one["properties"][std::string(name)] = count();
        one["required"].push_back(name);
        one_of.push_back(std::move(one));
    }
    return {{"oneOf", std::move(one_of)}};
}

Json spoilt() {
    auto one = lost();
    one["properties"]["from"] = count();
    one["properties"]["bytes"] = text();
    one["required"].push_back("bytes");
    return one;
}

Json schema_of(Shape shape) {
    switch (shape) {
    case Shape::slug:
        return matching(slug_pattern);
    case Shape::words:
        return words();
    case Shape::remark:
        return {{"anyOf", {text(), words()}}};
    case Shape::requirements:
        return list_of(matching(requirement_pattern));
    case Shape::about:
        return {{"anyOf", {matching(requirement_pattern), list_of(matching(requirement_pattern))}}};
    case Shape::text:
        return text();
    case Shape::device:
        return {{"enum", device_names()}};
    case Shape::role:
        return {{"enum", role_names()}};
    case Shape::several_roles:
        return list_of({{"enum", role_names()}});
    case Shape::tear:
        return tear();
    case Shape::cut:
        return cut();
    case Shape::lost:
        return lost();
    case Shape::spoilt:
        return spoilt();
    case Shape::tries:
        return tries();
    case Shape::expressions:
        return names_of(text());
    case Shape::slots:
        return names_of({{"anyOf", {count(), {{"const", "key"}}}}});
    case Shape::names:
        return names_of(matching(variable_pattern));
    case Shape::rows:
        return {{"type", "array"}, {"items", names_of(text())}, {"minItems", 1}};
    case Shape::count:
        return count();
    case Shape::duration: {
        Json names = Json::array();
        for (const auto name : limit_names())
            names.push_back(name);
        return {{"anyOf", {matching("^[1-9][0-9]{0,5} ?(ms|s)$"), {{"enum", std::move(names)}}}}};
    }
    case Shape::action:
    case Shape::arguments:
    case Shape::expectations:
    case Shape::results:
        break; // told by the table of each action
    case Shape::steps:
        return {{"type", "array"}, {"items", {{"$ref", "#/definitions/step"}}}, {"minItems", 1}};
    }
    return {};
}

/// What an editor shows beside a key.
std::string describe(const Field& field) {
    std::string description(field.meaning);
    if (field.shape != Shape::expressions)
        return description;
    description += ". Names: ixit.NAME";
    for (const auto& given : given_table())
        description += ", " + std::string(given.name);
    description += ". Functions: a | b, a + b, a - b";
    for (auto table : {byte_functions(), key_functions()})
        for (const auto& function : table)
            description += ", " + std::string(function.form);
    return description;
}

Json object_of(std::span<const Field> fields) {
    return schema::object_of(fields, [](const Field& field) {
        Json property = {{"description", describe(field)}};
        if (const auto shape = schema_of(field.shape); !shape.is_null())
            property.update(shape);
        return property;
    });
}

std::string describe(const ActionSlot& slot) {
    return fmt::format("{} ({})", slot.title.en, form_of(slot));
}

Json arguments_of(const ActionInfo& action) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const auto& slot : action.parameters) {
        Json property = {{"description", describe(slot)}};
        property.update(slot.kind == ActionSlot::Kind::word ? Json{{"enum", slot.words}} : text());
        properties[std::string(slot.name)] = std::move(property);
        if (slot.required)
            required.push_back(slot.name);
    }
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)},
            {"additionalProperties", false}};
}

Json expectations_of(const ActionInfo& action) {
    Json properties = Json::object();
    for (const auto& slot : action.results) {
        Json property = {{"description", describe(slot)}};
        property.update(text());
        properties[std::string(slot.name)] = std::move(property);
    }
    return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

Json bindable_of(const ActionInfo& action) {
    Json names = Json::array();
    for (const auto& slot : action.results)
        if (slot.kind != ActionSlot::Kind::word)
            names.push_back(slot.name);
    return names_of({{"enum", std::move(names)}});
}

/// What the table of this action says of the keys of `do`.
Json step_of(const ActionInfo& action, std::span<const Field> fields) {
    Json properties = Json::object();
    Json required = {"do"};
    for (const auto& field : fields) {
        const std::string key(field.key);
        if (field.shape == Shape::action)
            properties[key] = {{"description", action.title.en}, {"const", action.name}};
        else if (field.shape == Shape::arguments)
            properties[key] = arguments_of(action);
        else if (field.shape == Shape::expectations)
            properties[key] = expectations_of(action);
        else if (field.shape == Shape::results)
            properties[key] = bindable_of(action);
        if (field.shape == Shape::arguments && std::ranges::any_of(action.parameters, &ActionSlot::required))
            required.push_back(key);
    }
    return {{"properties", std::move(properties)}, {"required", std::move(required)}};
}

/// Two roles may have an action of one name, so any may fit.
Json act(std::span<const Field> fields) {
    Json any_of = Json::array();
    for (const auto role : actor_roles)
        for (const auto& action : actions_of(role))
            any_of.push_back(step_of(action, fields));
    auto step = object_of(fields);
    step["anyOf"] = std::move(any_of);
    return step;
}

Json step() {
    Json kinds = Json::array();
    for (const auto& action : action_fields())
        kinds.push_back(action.kind == ActionKind::act ? act(action.fields) : object_of(action.fields));
    return {{"oneOf", std::move(kinds)}};
}

std::string file_of(std::string_view title, std::span<const Field> fields) {
    auto item = object_of(fields);
    item["oneOf"] = {{{"required", {"device"}}}, {{"required", {"devices"}}}};
    return schema::file_of(title, {{"type", "array"}, {"items", std::move(item)}, {"definitions", {{"step", step()}}}});
}

} // namespace

std::string case_schema() {
    return file_of("A file of Tongka cases (docs/cases.md)", case_fields());
}

std::string procedure_schema() {
    return file_of("A file of Tongka procedures (docs/cases.md)", procedure_fields());
}

} // namespace tongka::harness
