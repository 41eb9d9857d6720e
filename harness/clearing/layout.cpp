#include "harness/clearing/layout.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/document/mapping.hpp"
#include "core/document/parse.hpp"
#include "core/nearest.hpp"
#include "harness/clearing/layout_tables.hpp"

namespace tongka::harness::clearing {
namespace {

using core::document::Mapping;
using core::document::Node;
using namespace tables;

template <typename T, std::size_t size>
core::Result<T> choose(const Node& node, const Choice<T> (&choices)[size], std::string_view what) {
    std::vector<std::string_view> words;
    for (const auto& choice : choices) {
        if (choice.word == node.text && node.kind == Node::Kind::text)
            return choice.value;
        words.push_back(choice.word);
    }
    return core::fail(node.error(fmt::format("{} cannot be '{}'{}", what, node.text, core::suggest(node.text, words))));
}

core::Result<std::size_t> number(const Node& node, std::string_view what) {
    const bool digits = node.kind == Node::Kind::text && !node.text.empty() && node.text.size() <= 6 &&
                        std::ranges::all_of(node.text, [](char c) { return c >= '0' && c <= '9'; });
    if (!digits)
        return core::fail(node.error(fmt::format("{} is a number of up to six digits", what)));
    return static_cast<std::size_t>(std::stoul(node.text));
}

core::Result<Words> both_languages(Mapping& fields) {
    TONGKA_TRY(const Node* node, fields.required("title"));
    TONGKA_TRY(auto texts, Mapping::of(*node, "a title"));
    Words words;
    TONGKA_TRY(words.zh, texts.required_text("zh"));
    TONGKA_TRY(words.en, texts.required_text("en"));
    TONGKA_CHECK(texts.finish());
    return words;
}

bool is_binary(FieldType type) {
    return type == FieldType::little_endian || type == FieldType::big_endian || type == FieldType::bcd ||
           type == FieldType::bytes;
}

/// Two digits of a text file, or one byte of a binary one, make a byte of a Member that is digits.
core::Result<void> check_meaning(const Field& field, const Node& node) {
    if (!field.means)
        return {};
    const Member& member = *field.means;
    const bool as_bytes = field.type == FieldType::bcd || field.type == FieldType::bytes;
    if (member.kind == Member::Kind::number) {
        const std::size_t most = field.type == FieldType::hex ? 2 * member.size : member.size;
        if (field.type == FieldType::text || field.type == FieldType::filler || field.type == FieldType::bytes)
            return core::fail(
                node.error(fmt::format("'{}' is a number: its type is n, h, le, be or bcd", member.name)));
        if (field.type == FieldType::hex && field.width > most)
            return core::fail(node.error(fmt::format("'{}' has {} hexadecimal digits at most", member.name, most)));
        return {};
    }
    if (!as_bytes && field.type != FieldType::digits && field.type != FieldType::hex)
        return core::fail(node.error(fmt::format("'{}' is made of digits: its type is n, h, bcd or b", member.name)));
    const std::size_t width = as_bytes ? field.width : (field.width + 1) / 2;
    if (width > member.size && field.is.empty() && field.type != FieldType::digits)
        return core::fail(node.error(fmt::format("'{}' has {} bytes at most", member.name, member.size)));
    return {};
}

core::Result<const Member*> find_member(const Node& node) {
    std::vector<std::string_view> names;
    for (const Member& member : members()) {
        if (member.name == node.text)
            return &member;
        names.push_back(member.name);
    }
    return core::fail(
        node.error(fmt::format("a transaction has no '{}'{}", node.text, core::suggest(node.text, names))));
}

core::Result<Field> read_field(const Node& node, bool in_record) {
    TONGKA_CHECK(check_fields(node, tables::field_fields, "a field"));
    TONGKA_TRY(auto fields, Mapping::of(node, "a field"));
    Field field;
    TONGKA_TRY(field.name, fields.required_text("name"));
    TONGKA_TRY(const Node* type, fields.required("type"));
    TONGKA_TRY(field.type, choose(*type, types, "type"));
    TONGKA_TRY(const Node* width, fields.required("width"));
    if (width->text != "rest") {
        TONGKA_TRY(field.width, number(*width, "width"));
    }
    TONGKA_TRY(field.is, fields.optional_text("is"));
    if (const Node* date = fields.optional("date")) {
        TONGKA_TRY(field.date, choose(*date, booleans, "date"));
    }
    if (const Node* holds = fields.optional("holds")) {
        TONGKA_TRY(field.holds, choose(*holds, holdings, "holds"));
    }
    if (const Node* means = fields.optional("means")) {
        if (!in_record)
            return core::fail(means->error("'means' is for fields of a record"));
        TONGKA_TRY(field.means, find_member(*means));
    }
    if (const Node* confidence = fields.optional("confidence")) {
        TONGKA_TRY(const auto word, choose(*confidence, confidences, "confidence"));
        field.confidence = word;
    }
    if (field.width == 0 && width->text != "rest")
        return core::fail(width->error("a field has a width of 1 at least, or 'rest'"));
    if (field.type == FieldType::filler && field.is.size() == 1)
        field.is = std::string(field.width, field.is[0]);
    const std::size_t shown = field.width * (is_binary(field.type) ? 2 : 1);
    if (!field.is.empty() && field.is.size() != shown)
        return core::fail(
            node.error(fmt::format("'{}' is {} characters, and its field has {}", field.is, field.is.size(), shown)));
    TONGKA_CHECK(check_meaning(field, node));
    return field;
}

core::Result<Line> read_line(const Node& node, Layout::Kind kind, bool in_record) {
    TONGKA_TRY(const auto* items, node.as_list("a line"));
    Line line;
    for (const Node& item : *items) {
        TONGKA_TRY(Field field, read_field(item, in_record));
        if (line.find(field.name))
            return core::fail(item.error(fmt::format("'{}' stands in this line already", field.name)));
        if (is_binary(field.type) != (kind == Layout::Kind::binary) && field.type != FieldType::filler)
            return core::fail(item.error("le, be, bcd and b are for binary files, n, h and an for text"));
        if (field.width == 0) {
            if (!line.fixed || kind == Layout::Kind::binary)
                return core::fail(item.error("one field of a line of text may have no fixed width"));
            line.fixed = false;
        }
        field.offset = line.width;
        line.width += field.width;
        line.fields.push_back(std::move(field));
    }
    if (line.fields.empty())
        return core::fail(node.error("a line has one field at least"));
    if (!line.fixed) { // what stands behind it is counted from the end
        std::size_t behind = 0;
        for (auto at = line.fields.rbegin(); at != line.fields.rend() && at->width != 0; ++at) {
            behind += at->width;
            at->offset = behind;
            at->from_end = true;
        }
    }
    return line;
}

core::Result<std::vector<Line>> read_lines(Mapping& fields, std::string_view key, Layout::Kind kind) {
    std::vector<Line> lines;
    const Node* node = fields.optional(key);
    if (!node)
        return lines;
    TONGKA_TRY(const auto* items, node->as_list(key));
    for (const Node& item : *items) {
        TONGKA_TRY(auto line, read_line(item, kind, false));
        lines.push_back(std::move(line));
    }
    return lines;
}

/// `FH{date:6}{city:8}{serial:6}`.
core::Result<std::vector<NamePiece>> read_name_form(const Node& node) {
    std::vector<NamePiece> pieces;
    std::string_view rest = node.text;
    while (!rest.empty()) {
        if (rest[0] != '{') {
            const auto end = std::min(rest.find('{'), rest.size());
            pieces.push_back({Holds::nothing, end, std::string(rest.substr(0, end))});
            rest.remove_prefix(end);
            continue;
        }
        const auto end = rest.find('}');
        const auto colon = rest.find(':');
        if (end == rest.npos || colon == rest.npos || colon > end)
            return core::fail(node.error("a piece of a file name is {name:width}"));
        const auto word = rest.substr(1, colon - 1);
        const auto width = rest.substr(colon + 1, end - colon - 1);
        const auto* known = std::ranges::find(name_pieces, word, &Choice<Holds>::word);
        if (known == std::end(name_pieces) || width.empty() || width.size() > 2 ||
            width.find_first_not_of("0123456789") != width.npos || width[0] == '0')
            return core::fail(node.error("a piece of a file name is {date:n}, {city:n}, {serial:n}, {industry:n} or "
                                         "{merchant:n}, with a width from 1 to 99"));
        pieces.push_back({known->value, std::stoul(std::string(width)), {}});
        rest.remove_prefix(end + 1);
    }
    return pieces;
}

/// What the sizes that the file tells must come to.
core::Result<void> check_length(const Layout& layout, const Node& length) {
    const std::size_t width = layout.record.width + (layout.crc16 ? 2 : 0);
    const std::size_t with_end = width + layout.line_end.size();
    const bool varies = !layout.record.fixed || layout.kind == Layout::Kind::csv;
    if (layout.record_length == width || layout.record_length == with_end || (varies && layout.record_length == 0))
        return {};
    return core::fail(length.error(fmt::format("the record's fields have {} bytes, {} with the line's end, and not {}",
                                               width, with_end, layout.record_length)));
}

core::Result<Layout> read_layout(const Node& root) {
    TONGKA_CHECK(check_fields(root, tables::layout_fields, "a layout"));
    TONGKA_TRY(auto fields, Mapping::of(root, "a layout"));
    Layout layout;
    TONGKA_TRY(layout.name, fields.required_text("layout"));
    TONGKA_TRY(layout.title, both_languages(fields));
    TONGKA_TRY(layout.source, fields.required_text("source"));
    TONGKA_TRY(const Node* confidence, fields.required("confidence"));
    TONGKA_TRY(layout.confidence, choose(*confidence, confidences, "confidence"));
    TONGKA_TRY(layout.note, fields.optional_text("note"));
    TONGKA_TRY(const Node* kind, fields.required("kind"));
    TONGKA_TRY(layout.kind, choose(*kind, kinds, "kind"));
    TONGKA_TRY(const Node* encoding, fields.required("encoding"));
    TONGKA_TRY(layout.encoding, choose(*encoding, encodings, "encoding"));
    TONGKA_TRY(const Node* line_end, fields.required("line-end"));
    TONGKA_TRY(layout.line_end, choose(*line_end, line_ends, "line-end"));
    if (layout.line_end.empty() != (layout.kind == Layout::Kind::binary))
        return core::fail(line_end->error("a text file has lines, a binary file has none"));
    if (const Node* form = fields.optional("file-name")) {
        TONGKA_TRY(layout.file_name, read_name_form(*form));
    }
    TONGKA_TRY(layout.head, read_lines(fields, "head", layout.kind));
    TONGKA_TRY(const Node* record, fields.required("record"));
    TONGKA_TRY(layout.record, read_line(*record, layout.kind, true));
    if (const Node* crc = fields.optional("crc16")) {
        TONGKA_TRY(layout.crc16, choose(*crc, booleans, "crc16"));
    }
    if (layout.crc16 && layout.kind != Layout::Kind::binary)
        return core::fail(root.error("a CRC-16 is for binary files"));
    TONGKA_TRY(const Node* length, fields.required("record-length"));
    TONGKA_TRY(layout.record_length, number(*length, "record-length"));
    TONGKA_CHECK(check_length(layout, *length));
    TONGKA_TRY(layout.tail, read_lines(fields, "tail", layout.kind));
    return layout;
}

} // namespace

const Field* Line::find(std::string_view name) const {
    const auto found = std::ranges::find(fields, name, &Field::name);
    return found == fields.end() ? nullptr : &*found;
}

std::uint64_t Layout::most_records() const {
    std::uint64_t most = UINT32_MAX;
    for (const auto* lines : {&head, &tail}) {
        for (const Line& line : *lines) {
            for (const Field& field : line.fields) {
                if (field.holds != Holds::count)
                    continue;
                std::uint64_t bound = 1;
                for (std::size_t digit = 0; digit < field.width; ++digit)
                    bound *= 10;
                most = std::min(most, bound - 1);
            }
        }
    }
    return most;
}

bool Layout::has_transactions() const {
    const auto carries = [&](std::string_view member) {
        return std::ranges::any_of(record.fields,
                                   [&](const Field& field) { return field.means && field.means->name == member; });
    };
    return carries("asn") && carries("amount") && (carries("date-time") || carries("date"));
}

core::Result<Layout> load_layout(const std::filesystem::path& path) {
    TONGKA_TRY(const Node root, core::document::read(path));
    return read_layout(root);
}

core::Result<std::vector<Layout>> load_layouts(const std::filesystem::path& folder) {
    std::vector<std::filesystem::path> paths;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
        if (entry.path().extension() == ".yaml")
            paths.push_back(entry.path());
    }
    if (error)
        return core::fail(fmt::format("{}: {}", folder.native(), error.message()));
    std::ranges::sort(paths);
    std::vector<Layout> layouts;
    for (const auto& path : paths) {
        TONGKA_TRY(auto layout, load_layout(path));
        if (layout.name != path.stem())
            return core::fail(
                fmt::format("{}: holds the layout '{}': name and file differ", path.native(), layout.name));
        layouts.push_back(std::move(layout));
    }
    return layouts;
}

core::Result<const Layout*> find_layout(const std::vector<Layout>& layouts, std::string_view name) {
    const auto found = std::ranges::find(layouts, name, &Layout::name);
    if (found != layouts.end())
        return &*found;
    std::vector<std::string_view> names;
    for (const auto& layout : layouts)
        names.push_back(layout.name);
    return core::fail(fmt::format("there is no layout '{}'{}", name, core::suggest(name, names)));
}

} // namespace tongka::harness::clearing
