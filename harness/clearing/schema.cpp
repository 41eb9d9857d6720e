#include "harness/clearing/schema.hpp"

#include "harness/clearing/layout_tables.hpp"
#include "harness/language/schema_parts.hpp"

namespace tongka::harness::clearing {
namespace {

using namespace schema;

template <typename T, std::size_t size>
Json words_of(const tables::Choice<T> (&choices)[size]) {
    Json list = Json::array();
    for (const auto& choice : choices)
        list.push_back(choice.word);
    return {{"enum", std::move(list)}};
}

/// Yes or no, which an editor may take for what YAML calls so.
Json yes_or_no() {
    auto one = words_of(tables::booleans);
    return {{"anyOf", {{{"type", "boolean"}}, std::move(one)}}};
}

Json names_of_members() {
    Json list = Json::array();
    for (const auto& member : members())
        list.push_back(member.name);
    return {{"enum", std::move(list)}};
}

Json line(bool in_record) {
    auto field = object_of(tables::field_fields, [&](const harness::Field& one) -> Json {
        if (one.key == "type")
            return words_of(tables::types);
        if (one.key == "width")
            return {{"anyOf", {count(), {{"const", "rest"}}}}};
        if (one.key == "date")
            return yes_or_no();
        if (one.key == "holds")
            return words_of(tables::holdings);
        if (one.key == "means")
            return names_of_members();
        if (one.key == "confidence")
            return words_of(tables::confidences);
        return text();
    });
    if (!in_record)
        field["properties"].erase("means");
    return {{"type", "array"}, {"items", std::move(field)}, {"minItems", 1}};
}

Json property(const harness::Field& field) {
    if (field.shape == Shape::words)
        return words();
    if (field.key == "confidence")
        return words_of(tables::confidences);
    if (field.key == "kind")
        return words_of(tables::kinds);
    if (field.key == "encoding")
        return words_of(tables::encodings);
    if (field.key == "line-end")
        return words_of(tables::line_ends);
    if (field.key == "crc16")
        return yes_or_no();
    if (field.key == "record-length")
        return {{"anyOf", {{{"type", "integer"}, {"minimum", 0}}, matching("^[0-9]{1,6}$")}}};
    if (field.key == "record")
        return line(true);
    if (field.key == "head" || field.key == "tail")
        return {{"type", "array"}, {"items", line(false)}};
    return text();
}

} // namespace

std::string layout_schema() {
    return file_of("A layout of clearing files (docs/clearing.md)", object_of(tables::layout_fields, property));
}

} // namespace tongka::harness::clearing
