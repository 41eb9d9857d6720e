#include "harness/language/schema_parts.hpp"

namespace tongka::harness::schema {

Json matching(std::string_view pattern) {
    return {{"type", "string"}, {"pattern", pattern}};
}

Json text() {
    return {{"type", {"string", "number"}}};
}

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

Json list_of(Json items) {
    return {{"type", "array"}, {"items", std::move(items)}, {"minItems", 1}, {"uniqueItems", true}};
}

Json one_of(std::span<const std::string_view> names) {
    Json list = Json::array();
    for (const auto name : names)
        list.push_back(name);
    return {{"enum", std::move(list)}};
}

Json object_of(std::span<const Field> fields, const std::function<Json(const Field&)>& of) {
    Json properties = Json::object();
    Json required = Json::array();
    for (const auto& field : fields) {
        Json property = {{"description", field.meaning}};
        if (const auto schema = of(field); !schema.is_null())
            property.update(schema);
        properties[std::string(field.key)] = std::move(property);
        if (field.required)
            required.push_back(field.key);
    }
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)},
            {"additionalProperties", false}};
}

std::string file_of(std::string_view title, Json whole) {
    Json schema = {{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", title}};
    schema.update(whole);
    return schema.dump(2) + "\n";
}

} // namespace tongka::harness::schema
