#include "harness/language/schema.hpp"

#include <nlohmann/json.hpp>

#include "harness/language/fields.hpp"
#include "harness/language/function.hpp"
#include "harness/language/given.hpp"
#include "harness/language/names.hpp"

namespace tongka::harness {
namespace {

using Json = nlohmann::ordered_json;

Json matching(std::string_view pattern) {
    return {{"type", "string"}, {"pattern", pattern}};
}

/// A text that YAML may take for a number.
Json text() {
    return {{"type", {"string", "number"}}};
}

/// A decimal number, however it is quoted.
Json count() {
    return {{"anyOf", {{{"type", "integer"}, {"minimum", 1}}, matching("^0*[1-9][0-9]*$")}}};
}

Json words() {
    const Json sentence = {{"type", "string"}, {"minLength", 1}};
    return {{"type", "object"},
            {"properties", {{"zh", sentence}, {"en", sentence}}},
            {"required", {"zh", "en"}},
            {"additionalProperties", false}};
}

/// {name: value} with names of the writer's own.
Json names_of(Json value) {
    return {{"type", "object"},
            {"propertyNames", {{"pattern", variable_pattern}}},
            {"additionalProperties", std::move(value)}};
}

Json list_of(Json items) {
    return {{"type", "array"}, {"items", std::move(items)}, {"minItems", 1}, {"uniqueItems", true}};
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
    case Shape::devices:
        return list_of({{"enum", device_names()}});
    case Shape::tear:
        return tear();
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
    Json properties = Json::object();
    Json required = Json::array();
    for (const auto& field : fields) {
        Json property = {{"description", describe(field)}};
        property.update(schema_of(field.shape));
        properties[std::string(field.key)] = std::move(property);
        if (field.required)
            required.push_back(field.key);
    }
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)},
            {"additionalProperties", false}};
}

Json step() {
    Json kinds = Json::array();
    for (const auto& action : action_fields())
        kinds.push_back(object_of(action.fields));
    return {{"oneOf", std::move(kinds)}};
}

std::string file_of(std::string_view title, std::span<const Field> fields) {
    auto item = object_of(fields);
    item["oneOf"] = {{{"required", {"device"}}}, {{"required", {"devices"}}}};
    const Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"},
                         {"title", title},
                         {"type", "array"},
                         {"items", std::move(item)},
                         {"definitions", {{"step", step()}}}};
    return schema.dump(2) + "\n";
}

} // namespace

std::string case_schema() {
    return file_of("A file of Tongka cases (docs/cases.md)", case_fields());
}

std::string procedure_schema() {
    return file_of("A file of Tongka procedures (docs/cases.md)", procedure_fields());
}

} // namespace tongka::harness
