#include "harness/plan/read_proforma.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/hex.hpp"
#include "core/nearest.hpp"
#include "harness/language/values.hpp"
#include "harness/plan/proforma_fields.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using core::document::Node;

constexpr std::size_t shortest_command = 4;
constexpr unsigned longest_value = 255;
constexpr unsigned most_tries = 255;

/// Which of the words a text is.
template <std::size_t count>
Result<std::size_t> read_word(const Node& node, std::string_view what, const std::string_view (&words)[count]) {
    TONGKA_TRY(const auto text, node.as_text(what));
    const auto* const found = std::ranges::find(words, text);
    if (found == std::end(words))
        return fail(node.error(fmt::format("{} is one of {}, not '{}'", what, fmt::join(words, ", "), text)));
    return static_cast<std::size_t>(found - words);
}

bool is_name(std::string_view text, bool upper) {
    const auto fits = [&](char c) {
        return (c >= '0' && c <= '9') || c == '-' || (upper ? c >= 'A' && c <= 'Z' : c >= 'a' && c <= 'z');
    };
    return !text.empty() && text.front() != '-' && text.back() != '-' && std::ranges::all_of(text, fits);
}

Result<std::string> read_name(const Node& node, std::string_view what, bool upper) {
    if (!is_name(node.text, upper))
        return fail(node.error(fmt::format("{} is made of {} letters, digits and hyphens, not '{}'", what,
                                           upper ? "capital" : "small", node.text)));
    return node.text;
}

Result<std::optional<AppliesClause>> read_condition(const Node& node, std::string_view key) {
    const auto* text = find(node, key);
    if (text == nullptr)
        return std::optional<AppliesClause>();
    TONGKA_TRY(auto clause, parse_condition(*text, key));
    return std::optional(std::move(clause));
}

Result<std::optional<Pattern>> read_pattern(const Node& node, std::string_view key) {
    const auto* text = find(node, key);
    if (text == nullptr)
        return std::optional<Pattern>();
    TONGKA_TRY(auto pattern, parse_pattern(*text, key));
    return std::optional(std::move(pattern));
}

/// A probe binds nothing: its commands and patterns stand alone.
Result<Probe> read_probe(const Node& node) {
    TONGKA_CHECK(check_fields(node, probe_fields(), "a probe"));
    TONGKA_TRY(auto send, parse_template(*find(node, "send"), "send", shortest_command));
    Probe probe{.after = {}, .send = std::move(send)};
    if (const auto* after = find(node, "after"))
        for (const auto& command : after->items) {
            TONGKA_TRY(auto one, parse_template(command, "after", shortest_command));
            probe.after.push_back(std::move(one));
        }
    TONGKA_TRY(probe.present, read_pattern(node, "present"));
    TONGKA_TRY(probe.absent, read_pattern(node, "absent"));
    TONGKA_TRY(probe.when, read_condition(node, "when"));
    if (!probe.present && !probe.absent)
        return fail(node.error("a probe needs 'present', 'absent' or both: else no answer tells anything"));
    Scope scope;
    for (const auto& command : probe.after)
        TONGKA_CHECK(check(command, scope));
    TONGKA_CHECK(check(probe.send, scope));
    for (const auto& pattern : {probe.present, probe.absent})
        if (pattern) {
            TONGKA_CHECK(check(*pattern, scope));
        }
    return probe;
}

Result<ProformaItem> read_item(const Node& node) {
    TONGKA_CHECK(check_fields(node, item_fields(), "an item of the ICS"));
    ProformaItem item{.key = {}, .kind = {}, .place = node.where(), .title = {}, .question = {}};
    TONGKA_TRY(item.key, read_name(*find(node, "key"), "an ICS key", true));
    TONGKA_TRY(item.title, read_words(*find(node, "title"), "title", false));
    TONGKA_TRY(item.question, read_words(*find(node, "question"), "question", false));
    TONGKA_TRY(const auto status, read_word(*find(node, "status"), "status", item_statuses));
    item.status = static_cast<ItemStatus>(status);
    TONGKA_TRY(item.when, read_condition(node, "when"));
    if (item.when.has_value() != (item.status == ItemStatus::conditional))
        return fail(node.error("a conditional item says when it is asked for, and no other does"));
    if (const auto* references = find(node, "references")) {
        TONGKA_TRY(item.references, read_requirements(*references));
    }
    if (const auto* probe = find(node, "probe")) {
        TONGKA_TRY(item.probe, read_probe(*probe));
    }
    return item;
}

/// `6`, or `1..16`.
Result<void> read_width(const Node& node, ProformaValue& value) {
    const std::string_view text = node.text;
    const auto dots = text.find("..");
    const auto part = [&](std::string_view digits) {
        Node one = node;
        one.text = digits;
        return read_count(one, "width", longest_value);
    };
    TONGKA_TRY(value.shortest, part(text.substr(0, dots)));
    value.longest = value.shortest;
    if (dots != std::string_view::npos) {
        TONGKA_TRY(value.longest, part(text.substr(dots + 2)));
    }
    if (value.longest < value.shortest)
        return fail(node.error(fmt::format("the width {} ends before it begins", text)));
    return {};
}

Result<ProformaValue> read_value(const Node& node) {
    TONGKA_CHECK(check_fields(node, value_fields(), "a value of the IXIT"));
    ProformaValue value{.name = {}, .kind = {}, .place = node.where(), .title = {}, .question = {}};
    TONGKA_TRY(value.name, read_name(*find(node, "name"), "the name of a value", false));
    TONGKA_TRY(value.title, read_words(*find(node, "title"), "title", false));
    TONGKA_TRY(value.question, read_words(*find(node, "question"), "question", false));
    TONGKA_CHECK(read_width(*find(node, "width"), value));
    TONGKA_TRY(const auto format, read_word(*find(node, "format"), "format", value_formats));
    value.format = static_cast<ValueFormat>(format);
    TONGKA_TRY(value.needed_by, read_condition(node, "needed-by"));
    if (const auto* proposed = find(node, "default")) {
        auto bytes = core::from_hex(proposed->text);
        if (!bytes)
            return fail(proposed->error(bytes.error().message));
        if (const auto fault = fault_of(value, *bytes); !fault.empty())
            return fail(proposed->error(fault));
        value.proposed = std::move(*bytes);
    }
    return value;
}

Result<ProformaTries> read_tries(const Node& node) {
    TONGKA_CHECK(check_fields(node, tries_fields(), "a kind of tries"));
    ProformaTries tries;
    TONGKA_TRY(tries.name, read_name(*find(node, "name"), "a kind of tries", false));
    if (std::ranges::find(try_names(), tries.name) == try_names().end())
        return fail(
            find(node, "name")
                ->error(fmt::format("no case spends '{}'{}", tries.name, core::suggest(tries.name, try_names()))));
    TONGKA_TRY(tries.title, read_words(*find(node, "title"), "title", false));
    TONGKA_TRY(tries.question, read_words(*find(node, "question"), "question", false));
    const auto* proposed = find(node, "default");
    if (proposed->text != "0") {
        TONGKA_TRY(tries.proposed, read_count(*proposed, "default", most_tries));
    }
    return tries;
}

Result<ConsistencyRule> read_rule(const Node& node) {
    TONGKA_CHECK(check_fields(node, rule_fields(), "a rule"));
    TONGKA_TRY(auto condition, parse_condition(*find(node, "if"), "if"));
    TONGKA_TRY(auto demand, parse_condition(*find(node, "then"), "then"));
    TONGKA_TRY(auto because, read_words(*find(node, "because"), "because", false));
    return ConsistencyRule{node.where(), std::move(condition), std::move(demand), std::move(because)};
}

template <typename Entry>
Result<std::vector<Entry>> read_all(const Node& node, std::string_view key, Result<Entry> (*read)(const Node&)) {
    std::vector<Entry> entries;
    if (const auto* list = find(node, key))
        for (const auto& one : list->items) {
            TONGKA_TRY(auto entry, read(one));
            entries.push_back(std::move(entry));
        }
    return entries;
}

} // namespace

Result<Proforma> read_proforma(const Node& node) {
    TONGKA_CHECK(check_fields(node, proforma_fields(), "a proforma"));
    Proforma proforma;
    TONGKA_TRY(const auto kind, read_word(*find(node, "kind"), "kind", proforma_kinds));
    proforma.kind = proforma_kinds[kind];
    TONGKA_TRY(proforma.title, read_words(*find(node, "title"), "title", false));
    TONGKA_TRY(proforma.items, read_all(node, "ics", read_item));
    TONGKA_TRY(proforma.values, read_all(node, "ixit", read_value));
    TONGKA_TRY(proforma.tries, read_all(node, "tries", read_tries));
    TONGKA_TRY(proforma.rules, read_all(node, "rules", read_rule));
    for (auto& item : proforma.items)
        item.kind = proforma.kind;
    for (auto& value : proforma.values)
        value.kind = proforma.kind;
    for (auto& tries : proforma.tries)
        tries.kind = proforma.kind;
    return proforma;
}

} // namespace tongka::harness
