#include "harness/plan/schema.hpp"

#include <fmt/format.h>

#include "harness/language/names.hpp"
#include "harness/language/schema_parts.hpp"
#include "harness/plan/proforma_fields.hpp"

namespace tongka::harness {
namespace {

using namespace schema;

/// Up to 255, as tries are counted.
constexpr std::string_view number_pattern = "^0*([0-9]|[1-9][0-9]|1[0-9][0-9]|2[0-4][0-9]|25[0-5])$";

Json number() {
    return {{"anyOf", {{{"type", "integer"}, {"minimum", 0}, {"maximum", 255}}, matching(number_pattern)}}};
}

/// A list of mappings whose keys are these.
Json entries(std::span<const Field> fields, const std::function<Json(const Field&)>& of) {
    return {{"type", "array"}, {"items", object_of(fields, of)}};
}

/// What the key alone decides; the rest is told by its shape.
Json by_shape(const Field& field) {
    switch (field.shape) {
    case Shape::words:
        return words();
    case Shape::requirements:
        return list_of(matching(requirement_pattern));
    default:
        return text();
    }
}

Json probe() {
    auto one = object_of(probe_fields(), [](const Field& field) -> Json {
        if (field.key == "after")
            return {{"type", "array"}, {"items", text()}, {"minItems", 1}};
        return by_shape(field);
    });
    one["anyOf"] = {{{"required", {"present"}}}, {{"required", {"absent"}}}};
    return one;
}

Json items() {
    auto list = entries(item_fields(), [](const Field& field) -> Json {
        if (field.key == "key")
            return matching(key_pattern);
        if (field.key == "status")
            return one_of(item_statuses);
        if (field.key == "probe")
            return probe();
        return by_shape(field);
    });
    auto& one = list["items"];
    one["if"] = {{"properties", {{"status", {{"const", item_statuses[static_cast<int>(ItemStatus::conditional)]}}}}}};
    one["then"] = {{"required", {"when"}}};
    one["else"] = {{"not", {{"required", {"when"}}}}};
    return list;
}

Json values() {
    return entries(value_fields(), [](const Field& field) -> Json {
        if (field.key == "name")
            return matching(value_name_pattern);
        if (field.key == "width")
            return {{"anyOf", {count(), matching("^[0-9]+\\.\\.[0-9]+$")}}};
        if (field.key == "format")
            return one_of(value_formats);
        return by_shape(field);
    });
}

Json tries() {
    return entries(tries_fields(), [](const Field& field) -> Json {
        if (field.key == "name")
            return one_of(try_names());
        if (field.key == "default")
            return number();
        return by_shape(field);
    });
}

/// "EP: electronic purse / 电子钱包", for whoever points at the key.
std::string described(const Words& title, const Words& question) {
    return fmt::format("{} / {}. {} / {}", title.en, title.zh, question.en, question.zh);
}

/// Yes or no, as YAML or as text, or nothing yet.
Json claim(const ProformaItem& item) {
    return {{"description", described(item.title, item.question)},
            {"anyOf", {{{"type", "boolean"}}, {{"enum", {"yes", "no", ""}}}}}};
}

/// So many bytes in hex, which an editor may take for a number, or nothing yet.
Json hex(const ProformaValue& value) {
    const bool digits = value.format == ValueFormat::bcd || value.format == ValueFormat::date;
    auto one = text();
    one["description"] = described(value.title, value.question);
    one["pattern"] = fmt::format("^(([ \\t]*{0}{0}){{{1},{2}}}[ \\t]*)?$", digits ? "[0-9Ff]" : "[0-9A-Fa-f]",
                                 value.shortest, value.longest);
    return one;
}

Json left(const ProformaTries& tries) {
    auto one = number();
    one["anyOf"].push_back({{"const", ""}});
    one["description"] = described(tries.title, tries.question);
    return one;
}

/// A mapping with a key for each entry of that list, over all proformas.
template <typename Entry>
Json mapping(const Proformas& proformas, std::vector<Entry> Proforma::*list, std::string Entry::*name,
             Json (*of)(const Entry&)) {
    Json properties = Json::object();
    for (const auto& proforma : proformas.all())
        for (const auto& entry : proforma.*list)
            properties[entry.*name] = of(entry);
    return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
}

} // namespace

std::string proforma_schema() {
    return file_of("A proforma of Tongka (docs/declarations.md)",
                   object_of(proforma_fields(), [](const Field& field) -> Json {
                       if (field.key == "kind")
                           return one_of(proforma_kinds);
                       if (field.key == "ics")
                           return items();
                       if (field.key == "ixit")
                           return values();
                       if (field.key == "tries")
                           return tries();
                       if (field.key == "rules")
                           return entries(rule_fields(), by_shape);
                       return by_shape(field);
                   }));
}

std::string declaration_schema(const Proformas& proformas) {
    return file_of("What is declared of devices under test (docs/declarations.md)",
                   object_of(declaration_fields(), [&](const Field& field) -> Json {
                       if (field.key == "ics")
                           return mapping(proformas, &Proforma::items, &ProformaItem::key, claim);
                       if (field.key == "ixit")
                           return mapping(proformas, &Proforma::values, &ProformaValue::name, hex);
                       return mapping(proformas, &Proforma::tries, &ProformaTries::name, left);
                   }));
}

} // namespace tongka::harness
