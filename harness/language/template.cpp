#include "harness/language/template.hpp"

#include <fmt/format.h>

#include "harness/language/checker.hpp"
#include "harness/language/evaluator.hpp"

namespace tongka::harness {
namespace {

using core::Bytes;
using core::fail;
using core::Result;
using core::document::Node;

constexpr std::size_t header_size = 4;
constexpr std::size_t longest_short = 255;
constexpr std::size_t longest_extended = 65535;

std::size_t width_of(const std::vector<TemplateItem>& items) {
    std::size_t width = 0;
    for (const auto& item : items)
        width += item.width();
    return width;
}

/// Items up to a bracket or the end.
Result<std::vector<TemplateItem>> read_items(ItemReader& reader, const Node& source) {
    std::vector<TemplateItem> items;
    for (char c = reader.peek(); c != '\0' && c != '[' && c != ']'; c = reader.peek()) {
        if (c == '{') {
            TONGKA_TRY(const auto inside, reader.take_braces());
            TONGKA_TRY(auto sized, parse_sized(source, inside));
            items.push_back({{}, std::move(sized)});
            continue;
        }
        if (items.empty() || items.back().sized)
            items.emplace_back();
        TONGKA_CHECK(reader.take_byte(items.back().literal, nullptr));
    }
    return items;
}

/// Widths are all known: each item tells its own.
Result<void> check_form(const Template& command, std::size_t open, std::size_t le) {
    const auto& source = command.source;
    const auto head = width_of(command.head);
    const auto data = width_of(command.data);
    const auto le_size = width_of(command.le);
    if (head != header_size)
        return fail(source.error_at(open, fmt::format("4 bytes (CLA INS P1 P2) stand before '[', not {}", head)));
    if (data == 0)
        return fail(source.error_at(open, "'[]' holds no data: leave the brackets out"));
    if (data > longest_extended)
        return fail(source.error_at(open, fmt::format("{} do not fit into a data field", count_bytes(data))));
    const std::size_t longest_le = data > longest_short ? 2 : 1;
    if (le_size > longest_le)
        return fail(source.error_at(le, fmt::format("Le has {} at most behind {} of data, not {}",
                                                    count_bytes(longest_le), count_bytes(data), le_size)));
    return {};
}

Result<Bytes> build_items(const std::vector<TemplateItem>& items, const Node& source, const Environment& environment) {
    Bytes bytes;
    for (const auto& item : items) {
        if (!item.sized) {
            core::append(bytes, item.literal);
            continue;
        }
        TONGKA_TRY(const auto value, evaluate_width(item.sized->expression, source, environment, item.sized->width));
        core::append(bytes, value);
    }
    return bytes;
}

} // namespace

Result<Template> parse_template(const Node& node, std::string_view what, std::size_t shortest) {
    TONGKA_CHECK(node.as_text(what));
    Template command{.source = node};
    ItemReader reader(command.source, 0, command.source.text.size());
    TONGKA_TRY(command.head, read_items(reader, command.source));
    if (reader.peek() == '[') {
        const auto open = reader.offset();
        command.has_data_field = true;
        reader.skip();
        TONGKA_TRY(command.data, read_items(reader, command.source));
        if (reader.peek() != ']')
            return fail(node.error_at(open, "'[' is never closed"));
        reader.skip();
        (void)reader.peek();
        const auto le = reader.offset();
        TONGKA_TRY(command.le, read_items(reader, command.source));
        TONGKA_CHECK(check_form(command, open, le));
    }
    if (const char c = reader.peek(); c != '\0')
        return fail(node.error_at(reader.offset(), fmt::format("'{}' does not belong here", c)));
    if (const auto size = width_of(command.head); !command.has_data_field && size < shortest)
        return fail(node.error(fmt::format("{} needs at least {}, not {}", what, count_bytes(shortest), size)));
    return command;
}

Result<void> check(const Template& command, Scope& scope) {
    for (const auto* items : {&command.head, &command.data, &command.le})
        for (const auto& item : *items)
            if (item.sized)
                TONGKA_CHECK(check_width(item.sized->expression, command.source, scope, item.sized->width));
    return {};
}

Result<Bytes> build(const Template& command, const Environment& environment) {
    TONGKA_TRY(auto bytes, build_items(command.head, command.source, environment));
    if (!command.has_data_field)
        return bytes;
    TONGKA_TRY(const auto data, build_items(command.data, command.source, environment));
    TONGKA_TRY(const auto le, build_items(command.le, command.source, environment));
    const bool extended = data.size() > longest_short;
    core::append(bytes, core::big_endian(data.size(), extended ? 3 : 1));
    core::append(bytes, data);
    if (extended && le.size() == 1)
        bytes.push_back(0);
    core::append(bytes, le);
    return bytes;
}

} // namespace tongka::harness
