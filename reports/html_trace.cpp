#include "reports/html_trace.hpp"

#include <algorithm>

#include "reports/html_text.hpp"
#include "reports/record_lines.hpp"

namespace tongka::reports {
namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Words& words) {
    if (words.same())
        return words.zh;
    return Json::array({words.zh, words.en});
}

/// What the fields mean, in their order; nothing where none means anything.
void put_meanings(Json& to, const char* name, const std::vector<DecodedField>& fields) {
    if (std::ranges::all_of(fields, [](const DecodedField& field) { return field.meaning.empty(); }))
        return;
    auto& meanings = to[name] = Json::array();
    for (const auto& field : fields)
        meanings.push_back(json_of(field.meaning));
}

} // namespace

std::size_t TraceWriter::text_index(const Words& words) {
    const auto [found, added] = text_indices_.emplace(std::pair(words.zh, words.en), texts_.size());
    if (added)
        texts_.push_back(words.same() ? nlohmann::json(words.zh) : nlohmann::json({words.zh, words.en}));
    return found->second;
}

std::size_t TraceWriter::shape_index(const Decoded& decoded) {
    const auto fields = [&](const std::vector<DecodedField>& from) {
        auto list = nlohmann::json::array();
        for (const auto& field : from)
            list.push_back({text_index(field.name), field.offset, field.size, field.depth});
        return list;
    };
    const nlohmann::json shape = {
        {"name", text_index(decoded.command)}, {"sent", fields(decoded.sent)}, {"received", fields(decoded.received)}};
    const auto [found, added] = shape_indices_.emplace(shape.dump(), shapes_.size());
    if (added)
        shapes_.push_back(shape);
    return found->second;
}

// The short names of members are those that templates/report.js reads.
Json TraceWriter::item_of(const Exchange& exchange) {
    const auto decoded = decode_exchange(exchange.device, exchange.command, exchange.response);
    Json item;
    item["k"] = "x";
    item["p"] = exchange.phase;
    item["s"] = exchange.step;
    item["d"] = exchange.device;
    item["t"] = exchange.at;
    item["u"] = exchange.us;
    item["c"] = exchange.command;
    item["r"] = exchange.response;
    item["f"] = shape_index(decoded);
    item["w"] = text_index(decoded.status);
    put_meanings(item, "m", decoded.sent);
    put_meanings(item, "n", decoded.received);
    if (!exchange.reason.empty())
        item["e"] = json_of(exchange.reason);
    for (const auto& [command, response] : exchange.tpdus)
        item["y"].push_back(Json::array({command, response}));
    return item;
}

Json TraceWriter::item_of(const Action& action, bool asked) {
    Json item;
    item["k"] = asked ? "a" : "o";
    item["p"] = action.phase;
    item["s"] = action.step;
    item["d"] = action.device;
    item["c"] = action.name;
    item["v"] = Json::array();
    for (const auto& [name, value] : action.values)
        item["v"].push_back(Json::array({name, value}));
    if (!asked)
        item["u"] = action.us;
    if (!action.error.empty())
        item["e"] = action.error;
    return item;
}

Json TraceWriter::item_of(const RecordLine& line) {
    if (line.kind == "exchange")
        return item_of(exchange_of(line.value));
    Json item;
    if (line.kind == "reset") {
        item["k"] = "r";
        item["p"] = text_of(line.value, "phase");
        item["d"] = text_of(line.value, "device");
        if (const auto atr = text_of(line.value, "atr"); !atr.empty())
            item["a"] = atr;
        return item;
    }
    if (line.kind == "action" || line.kind == "outcome")
        return item_of(action_of(line.value), line.kind == "action");
    const auto check = check_of(line.value);
    item["k"] = "c";
    item["p"] = check.phase;
    item["s"] = check.step;
    item["o"] = check.pass ? 1 : 0;
    item["x"] = check.expected;
    if (!check.pass)
        item["v"] = check.received;
    if (!check.because.empty())
        item["b"] = json_of(check.because);
    if (!check.message.empty())
        item["g"] = json_of(check.message);
    return item;
}

core::Result<void> TraceWriter::write_case(const Case& which, std::size_t index, RecordPieces& record) {
    if (which.spans.empty())
        return {};
    begin(index);
    for (const auto& span : which.spans)
        TONGKA_CHECK(record.visit(span, [&](const RecordLine& line) -> core::Result<void> {
            take(line);
            return {};
        }));
    end();
    return {};
}

void TraceWriter::begin(std::size_t index) {
    out_ << R"(<script type="application/json" id="trace-)" << index << "\">[";
    between_ = "\n";
}

bool TraceWriter::take(const RecordLine& line) {
    if (line.kind != "exchange" && line.kind != "check" && line.kind != "reset" && line.kind != "action" &&
        line.kind != "outcome")
        return false;
    out_ << std::exchange(between_, ",\n") << script_safe(item_of(line).dump());
    return true;
}

void TraceWriter::end() {
    out_ << "]</script>\n";
}

void TraceWriter::write_names() {
    const nlohmann::json names = {{"texts", texts_}, {"shapes", shapes_}};
    out_ << R"(<script type="application/json" id="names">)" << script_safe(names.dump()) << "</script>\n";
}

} // namespace tongka::reports
