#include "harness/language/values.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "core/document/mapping.hpp"
#include "core/nearest.hpp"
#include "harness/language/fields.hpp"
#include "harness/language/names.hpp"
#include "harness/language/parser.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using core::document::Mapping;
using core::document::Node;

Result<std::string> read_sentence(Mapping& fields, std::string_view language) {
    TONGKA_TRY(const Node* node, fields.required(language));
    TONGKA_TRY(const auto text, node->as_text(language));
    if (text.empty())
        return fail(node->error(fmt::format("'{}' is empty", language)));
    return std::string(text);
}

Result<std::string> read_requirement(const Node& node) {
    TONGKA_TRY(const auto id, node.as_text("a requirement"));
    if (!is_requirement_id(id))
        return fail(node.error(fmt::format("'{}' is no requirement id, such as 304-PUR-012", id)));
    return std::string(id);
}

} // namespace

Result<std::string> read_slug(const Node& node, std::string_view what) {
    TONGKA_TRY(const auto text, node.as_text(what));
    if (!is_slug(text))
        return fail(node.error(fmt::format("'{}' cannot be {}: it is made of a-z, 0-9 and -", text, what)));
    return std::string(text);
}

Result<Words> read_words(const Node& node, std::string_view what, bool or_text) {
    if (or_text && node.kind == Node::Kind::text)
        return Words::of_one(node.text);
    TONGKA_TRY(auto fields, Mapping::of(node, what));
    (void)fields.optional("zh");
    (void)fields.optional("en");
    TONGKA_CHECK(fields.finish());
    Words words;
    TONGKA_TRY(words.zh, read_sentence(fields, "zh"));
    TONGKA_TRY(words.en, read_sentence(fields, "en"));
    return words;
}

Result<std::vector<std::string>> read_requirements(const Node& node) {
    std::vector<std::string> ids;
    if (node.kind == Node::Kind::text) {
        TONGKA_TRY(auto id, read_requirement(node));
        ids.push_back(std::move(id));
        return ids;
    }
    for (const auto& item : node.items) {
        TONGKA_TRY(auto id, read_requirement(item));
        if (std::ranges::find(ids, id) != ids.end())
            return fail(item.error(fmt::format("'{}' is given twice", id)));
        ids.push_back(std::move(id));
    }
    if (ids.empty())
        return fail(node.error("at least one requirement must be named"));
    return ids;
}

Result<Role> read_device(const Node& node, std::string_view what) {
    TONGKA_TRY(const auto text, node.as_text(what));
    for (const Role role : roles)
        if (name(role) == text)
            return role;
    return fail(node.error(fmt::format("there is no device '{}'{}", text, core::suggest(text, role_names()))));
}

Result<std::vector<Role>> read_devices(const Node& owner, std::string_view what) {
    const auto* one = find(owner, "device");
    const auto* several = find(owner, "devices");
    if ((one != nullptr) == (several != nullptr))
        return fail(
            owner.error(fmt::format("{} needs 'device' or 'devices'{}", what, one != nullptr ? ", not both" : "")));
    std::vector<Role> devices;
    if (one != nullptr) {
        TONGKA_TRY(const auto role, read_device(*one, "device"));
        devices.push_back(role);
        return devices;
    }
    for (const auto& item : several->items) {
        TONGKA_TRY(const auto role, read_device(item, "a device"));
        if (std::ranges::find(devices, role) != devices.end())
            return fail(item.error(fmt::format("'{}' is given twice", item.text)));
        devices.push_back(role);
    }
    if (devices.empty())
        return fail(several->error("'devices' is empty"));
    return devices;
}

Result<unsigned> read_count(const Node& node, std::string_view what, unsigned most) {
    TONGKA_TRY(const auto text, node.as_text(what));
    unsigned count = 0;
    const auto* end = text.data() + text.size();
    if (!is_decimal(text) || std::from_chars(text.data(), end, count).ec != std::errc{} || count == 0 || count > most)
        return fail(node.error(fmt::format("{} is a decimal number from 1 to {}, not '{}'", what, most, text)));
    return count;
}

Result<Tear> read_tear(const Node& node) {
    constexpr unsigned most = 65535;
    for (const auto& entry : node.entries)
        if (std::ranges::find(tear_names(), std::string_view(entry.key.text)) == tear_names().end())
            return fail(entry.key.error(fmt::format("unknown key '{}' in tear{}", entry.key.text,
                                                    core::suggest(entry.key.text, tear_names()))));
    if (node.entries.size() != 1)
        return fail(node.error("'tear' needs after-write or before-write, one of them"));
    const auto& entry = node.entries.front();
    TONGKA_TRY(const auto write, read_count(entry.value, "the number of a write", most));
    return Tear{.write = write, .after = entry.key.text == tear_names().front()};
}

Result<Spends> read_spends(const Node& node) {
    constexpr unsigned most = 255;
    Spends spends;
    for (const auto& entry : node.entries) {
        TONGKA_TRY(const auto count, read_count(entry.value, "how many tries are spent", most));
        if (std::ranges::find(try_names(), std::string_view(entry.key.text)) == try_names().end())
            return fail(entry.key.error(fmt::format("there are no tries of '{}'{}", entry.key.text,
                                                    core::suggest(entry.key.text, try_names()))));
        spends.emplace(entry.key.text, count);
    }
    return spends;
}

Result<std::vector<Binding>> read_bindings(const Node& node, std::string_view what) {
    std::vector<Binding> bindings;
    for (const auto& entry : node.entries) {
        TONGKA_TRY(auto formula, parse_formula(entry.value, what));
        bindings.push_back({entry.key, std::move(formula)});
    }
    return bindings;
}

Result<std::vector<Row>> read_rows(const Node& node) {
    std::vector<Row> rows;
    for (const auto& item : node.items) {
        TONGKA_CHECK(item.as_entries("a row"));
        TONGKA_TRY(auto cells, read_bindings(item, "for-each"));
        const auto& row = rows.emplace_back(Row{item, std::move(cells)});
        const auto& columns = rows.front().cells;
        std::vector<std::string_view> names;
        for (const auto& column : columns)
            names.push_back(column.name());
        for (const auto& cell : row.cells)
            if (std::ranges::find(names, cell.name()) == names.end())
                return fail(cell.key.error(
                    fmt::format("the first row has no '{}'{}", cell.name(), core::suggest(cell.name(), names))));
        for (auto name : names)
            if (std::ranges::find(row.cells, name, &Binding::name) == row.cells.end())
                return fail(item.error(fmt::format("the row needs '{}', as the first has it", name)));
    }
    if (rows.empty() || rows.front().cells.empty())
        return fail(node.error("'for-each' has no rows"));
    return rows;
}

Result<Repeat> read_repeat(const Node& node) {
    constexpr unsigned most = 255;
    TONGKA_TRY(const auto times, read_count(node, "how often a step is repeated", most));
    return Repeat{node, times};
}

Result<std::vector<Slot>> read_slots(const Node& node, std::string_view what) {
    std::vector<Slot> slots;
    for (const auto& entry : node.entries) {
        if (entry.value.kind == Node::Kind::text && entry.value.text == "key") {
            slots.push_back({entry.key, Type::key()});
            continue;
        }
        TONGKA_TRY(const auto width, read_count(entry.value, fmt::format("a width of '{}'", what), longest_value));
        slots.push_back({entry.key, Type::bytes(width)});
    }
    return slots;
}

Result<std::vector<Give>> read_gives(const Node& node) {
    std::vector<Give> gives;
    for (const auto& entry : node.entries) {
        TONGKA_CHECK(entry.value.as_text("a returned name"));
        gives.push_back({entry.key, entry.value});
    }
    return gives;
}

} // namespace tongka::harness
