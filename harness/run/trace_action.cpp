#include "core/hex.hpp"
#include "harness/run/trace.hpp"

namespace tongka::harness {
namespace {

/// A number as a number, bytes in hex, those of a secret hidden.
void add_value(JsonLine& line, const std::string& name, const ActionValue& value, const ActionSlot* slot) {
    const auto* bytes = std::get_if<core::Bytes>(&value);
    if (bytes == nullptr)
        line.add(name, std::get<std::string>(value));
    else if (slot == nullptr || slot->secret)
        line.add(name, std::string(2 * bytes->size(), '*'));
    else if (slot->kind == ActionSlot::Kind::number)
        line.add(name, std::uint64_t{core::read_big_endian(*bytes)});
    else
        line.add(name, core::to_hex(*bytes));
}

void add_values(JsonLine& line, std::string_view key, const Values& values, std::span<const ActionSlot> slots) {
    line.begin(key, '{');
    for (const auto& [name, value] : values.items())
        add_value(line, name, value, find_slot(slots, name));
    line.end('}');
}

} // namespace

JsonLine Trace::line_of(std::string_view kind, Role actor, const Position& position, const Do& action) const {
    JsonLine line(kind);
    line.add("case", case_).add("device", name(actor)).add("phase", name(position.phase));
    line.add("step", position.step).add("place", place_in(prefix_, position.place));
    line.add("action", action.action->name);
    return line;
}

void Trace::action(Role actor, const Position& position, Moment asked, const Do& action, const Values& arguments) {
    if (!record_.keeps())
        return;
    auto line = line_of("action", actor, position, action);
    line.add("at", at(asked));
    add_values(line, "arguments", arguments, action.action->parameters);
    record_.append(std::move(line));
}

void Trace::outcome(Role actor, const Position& position, Moment asked, Moment answered, const Do& action,
                    const core::Result<Values>& results) {
    if (!record_.keeps())
        return;
    auto line = line_of("outcome", actor, position, action);
    line.add("at", at(answered)).add("us", at(answered) - at(asked));
    if (results)
        add_values(line, "results", *results, action.action->results);
    else
        line.add("error", results.error().message);
    record_.append(std::move(line));
}

} // namespace tongka::harness
