#include "simulator/terminal/parameters.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include <fmt/format.h>

#include "core/document/mapping.hpp"
#include "core/document/parse.hpp"
#include "core/hex.hpp"
#include "simulator/terminal/tables.hpp"

namespace tongka::simulator {
namespace {

using core::document::Mapping;
using core::document::Node;
using Pair = std::array<core::Byte, 2>;

constexpr std::size_t longest_name = 16; // clauses.md F, tables 1912 to 1914

template <std::size_t size>
core::Result<std::array<core::Byte, size>> bytes_of(const Node& node, std::string_view what) {
    const auto bytes = core::from_hex(node.text);
    if (!bytes || bytes->size() != size)
        return core::fail(node.error(fmt::format("{} has {} hexadecimal digits, not '{}'", what, 2 * size, node.text)));
    std::array<core::Byte, size> made{};
    std::ranges::copy(*bytes, made.begin());
    return made;
}

template <std::size_t size>
core::Result<void> read_bytes(Mapping& fields, std::string_view key, std::array<core::Byte, size>& into) {
    if (const Node* node = fields.optional(key)) {
        TONGKA_TRY(into, bytes_of<size>(*node, key));
    }
    return {};
}

core::Result<std::set<Pair>> pairs(Mapping& fields, std::string_view key) {
    std::set<Pair> made;
    const Node* node = fields.optional(key);
    if (!node)
        return made;
    TONGKA_TRY(const auto* items, node->as_list(key));
    for (const Node& item : *items) {
        TONGKA_TRY(const Pair pair, bytes_of<2>(item, key));
        made.insert(pair);
    }
    return made;
}

template <typename Number>
core::Result<Number> number_of(const Node& node, std::string_view what) {
    Number number{};
    const char* end = node.text.data() + node.text.size();
    const auto read = std::from_chars(node.text.data(), end, number);
    if (read.ec != std::errc() || read.ptr != end || node.text.empty())
        return core::fail(node.error(fmt::format("{} is a whole number up to {}, not '{}'", what,
                                                 std::numeric_limits<Number>::max(), node.text)));
    return number;
}

template <typename Number>
core::Result<void> read_number(Mapping& fields, std::string_view key, Number& into) {
    if (const Node* node = fields.optional(key)) {
        TONGKA_TRY(into, number_of<Number>(*node, key));
    }
    return {};
}

core::Result<void> read_flag(Mapping& fields, std::string_view key, bool& into) {
    const Node* node = fields.optional(key);
    if (!node)
        return {};
    if (node->text != "yes" && node->text != "no")
        return core::fail(node->error(fmt::format("{} is yes or no, not '{}'", key, node->text)));
    into = node->text == "yes";
    return {};
}

core::Result<Place> place_of(const Node& node, std::string_view what) {
    TONGKA_TRY(const Pair pair, bytes_of<2>(node, what));
    return Place{pair[0], pair[1]};
}

/// `"0101"`, or a mapping that begins with it.
core::Result<CardType> type_of(const Node& node) {
    CardType type;
    if (node.kind != Node::Kind::mapping) {
        TONGKA_TRY(const Pair pair, bytes_of<2>(node, "a card type"));
        type.main_type = pair[0];
        type.sub_type = pair[1];
        return type;
    }
    TONGKA_TRY(auto fields, Mapping::of(node, "a card type"));
    TONGKA_TRY(const Node* code, fields.required("type"));
    TONGKA_TRY(const Pair pair, bytes_of<2>(*code, "type"));
    type.main_type = pair[0];
    type.sub_type = pair[1];
    if (const Node* name = fields.optional("name")) {
        const bool plain = std::ranges::all_of(name->text, [](char c) { return c >= ' ' && c <= '~'; });
        if (name->text.size() > longest_name || !plain)
            return core::fail(name->error(fmt::format("name has {} characters of ASCII at most", longest_name)));
        type.name = name->text;
    }
    TONGKA_CHECK(read_flag(fields, "sale", type.sale));
    TONGKA_CHECK(read_flag(fields, "load", type.load));
    TONGKA_CHECK(read_number(fields, "first_minimum", type.first_minimum));
    TONGKA_CHECK(read_number(fields, "unit", type.unit));
    TONGKA_CHECK(read_number(fields, "most_load", type.most_load));
    TONGKA_CHECK(read_number(fields, "most_balance", type.most_balance));
    TONGKA_CHECK(read_number(fields, "extension_days", type.extension_days));
    TONGKA_CHECK(read_number(fields, "minimum_balance", type.minimum_balance));
    TONGKA_CHECK(read_number(fields, "most_overdraft", type.most_overdraft));
    TONGKA_CHECK(fields.finish());
    return type;
}

core::Result<void> read_segments(const Node& node, Fares& fares) {
    TONGKA_TRY(const auto* items, node.as_list("segments"));
    for (const Node& item : *items) {
        TONGKA_TRY(auto fields, Mapping::of(item, "a segment"));
        Fares::Segment segment;
        TONGKA_TRY(const Node* metres, fields.required("metres"));
        TONGKA_TRY(segment.metres, number_of<std::uint32_t>(*metres, "metres"));
        TONGKA_TRY(const Node* fare, fields.required("fare"));
        TONGKA_TRY(segment.fare, number_of<std::uint32_t>(*fare, "fare"));
        TONGKA_CHECK(fields.finish());
        if (!fares.segments.empty() && segment.metres <= fares.segments.back().metres)
            return core::fail(metres->error("segments go from near to far"));
        fares.segments.push_back(segment);
    }
    return {};
}

core::Result<void> read_fares(const Node& node, Fares& fares) {
    TONGKA_TRY(auto fields, Mapping::of(node, "fares"));
    TONGKA_TRY(const Node* kind, fields.required("by"));
    if (kind->text != "segment" && kind->text != "time")
        return core::fail(kind->error(fmt::format("by is segment or time, not '{}'", kind->text)));
    fares.kind = kind->text == "time" ? Fares::Kind::time : Fares::Kind::segment;
    TONGKA_TRY(const Node* highest, fields.required("highest"));
    TONGKA_TRY(fares.highest, number_of<std::uint32_t>(*highest, "highest"));
    if (const Node* stations = fields.optional("stations")) {
        TONGKA_TRY(const auto* entries, stations->as_entries("stations"));
        for (const auto& entry : *entries) {
            TONGKA_TRY(const Place place, place_of(entry.key, "a station (line, station)"));
            TONGKA_TRY(fares.stations[place], number_of<std::int32_t>(entry.value, "metres"));
        }
    }
    if (const Node* segments = fields.optional("segments"))
        TONGKA_CHECK(read_segments(*segments, fares));
    TONGKA_CHECK(read_number(fields, "free_minutes", fares.free_minutes));
    TONGKA_CHECK(read_number(fields, "unit_minutes", fares.unit_minutes));
    TONGKA_CHECK(read_number(fields, "unit_fare", fares.unit_fare));
    TONGKA_CHECK(read_number(fields, "longest_minutes", fares.longest_minutes));
    if (const Node* forgotten = fields.optional("forgotten")) {
        if (forgotten->text != "highest" && forgotten->text != "refuse")
            return core::fail(
                forgotten->error(fmt::format("forgotten is highest or refuse, not '{}'", forgotten->text)));
        fares.charges_forgotten = forgotten->text == "highest";
    }
    return fields.finish();
}

core::Result<TransferDiscount> discount_of(const Node& node) {
    TONGKA_TRY(auto fields, Mapping::of(node, "a discount"));
    TransferDiscount discount;
    TONGKA_TRY(const Node* from, fields.required("operator"));
    TONGKA_TRY(discount.operator_code, bytes_of<3>(*from, "operator"));
    TONGKA_TRY(const Node* minutes, fields.required("minutes"));
    TONGKA_TRY(discount.minutes, number_of<std::uint16_t>(*minutes, "minutes"));
    TONGKA_CHECK(read_number(fields, "percent", discount.percent));
    TONGKA_CHECK(read_number(fields, "amount", discount.amount));
    TONGKA_CHECK(fields.finish());
    if (discount.percent > 100)
        return core::fail(node.error("percent is 100 at most"));
    return discount;
}

core::Result<void> read_local_composite(const Node& node, TerminalParameters& parameters) {
    TONGKA_TRY(auto fields, Mapping::of(node, "local_composite"));
    TONGKA_TRY(const Node* file, fields.required("file"));
    TONGKA_TRY(const Pair id, bytes_of<2>(*file, "file"));
    std::array<core::Byte, 1> record{0x01};
    TONGKA_CHECK(read_bytes(fields, "record", record));
    parameters.local_composite = {.file = static_cast<std::uint16_t>(core::read_big_endian(id)), .record = record[0]};
    return fields.finish();
}

core::Result<void> read_lists(Mapping& fields, TerminalParameters& parameters) {
    if (const Node* types = fields.optional("types")) {
        TONGKA_TRY(const auto* items, types->as_list("types"));
        for (const Node& item : *items) {
            TONGKA_TRY(const CardType type, type_of(item));
            parameters.types.push_back(type);
        }
    }
    if (const Node* discounts = fields.optional("discounts")) {
        TONGKA_TRY(const auto* items, discounts->as_list("discounts"));
        for (const Node& item : *items) {
            TONGKA_TRY(const auto discount, discount_of(item));
            parameters.discounts.push_back(discount);
        }
    }
    if (const Node* rules = fields.optional("rules")) {
        TONGKA_TRY(const auto* entries, rules->as_entries("rules"));
        for (const auto& entry : *entries)
            if (const auto set = parameters.rules.set(entry.key.text, entry.value.text); !set)
                return core::fail(entry.key.error(set.error().message));
    }
    return {};
}

} // namespace

const CardType* TerminalParameters::find_type(core::Byte main, core::Byte sub) const {
    static const CardType anything{};
    if (types.empty())
        return &anything;
    const auto found = std::ranges::find_if(types, [&](const CardType& type) { return type.is(main, sub); });
    return found == types.end() ? nullptr : &*found;
}

core::Result<TerminalParameters> load_parameters(const std::filesystem::path& path, std::vector<SkippedLine>& skipped) {
    TONGKA_TRY(const Node root, core::document::read(path));
    TONGKA_TRY(auto fields, Mapping::of(root, "the parameters of a terminal"));
    TerminalParameters parameters;
    TONGKA_TRY(const Node* city, fields.required("city"));
    TONGKA_TRY(parameters.city, bytes_of<2>(*city, "city"));
    TONGKA_CHECK(read_flag(fields, "any_city", parameters.any_city));
    TONGKA_CHECK(read_bytes(fields, "industry", parameters.industry));
    TONGKA_CHECK(read_bytes(fields, "pos", parameters.pos));
    TONGKA_CHECK(read_bytes(fields, "operator", parameters.operator_code));
    TONGKA_CHECK(read_flag(fields, "test", parameters.test));
    if (const Node* place = fields.optional("place")) {
        TONGKA_TRY(parameters.place, place_of(*place, "place"));
    }
    TONGKA_TRY(parameters.white_list, pairs(fields, "white_list"));
    TONGKA_TRY(parameters.interoperability, pairs(fields, "interoperability"));
    TONGKA_CHECK(read_number(fields, "most_amount", parameters.most_amount));
    TONGKA_CHECK(read_number(fields, "least_balance", parameters.least_balance));
    TONGKA_CHECK(read_number(fields, "passback_seconds", parameters.passback_seconds));
    TONGKA_CHECK(read_flag(fields, "needs_enabled", parameters.needs_enabled));
    if (const Node* fares = fields.optional("fares"))
        TONGKA_CHECK(read_fares(*fares, parameters.fares));
    std::array<core::Byte, 1> record{parameters.composite_record};
    TONGKA_CHECK(read_bytes(fields, "composite_record", record));
    parameters.composite_record = record[0];
    if (const Node* local = fields.optional("local_composite"))
        TONGKA_CHECK(read_local_composite(*local, parameters));
    TONGKA_CHECK(read_lists(fields, parameters));
    if (const Node* blacklist = fields.optional("blacklist")) {
        TONGKA_TRY(const auto name, blacklist->as_text("blacklist"));
        TONGKA_TRY(parameters.blacklist, Blacklist::read(path.parent_path() / name, skipped));
    }
    if (const Node* tables = fields.optional("tables")) {
        TONGKA_TRY(const auto* items, tables->as_list("tables"));
        for (const Node& item : *items) {
            TONGKA_TRY(const auto name, item.as_text("a table"));
            TONGKA_TRY(const auto table, TableFile::read(path.parent_path() / name));
            if (const auto applied = apply_table(table, parameters); !applied)
                return core::fail(item.error(applied.error().message));
        }
    }
    TONGKA_CHECK(fields.finish());
    return parameters;
}

} // namespace tongka::simulator
