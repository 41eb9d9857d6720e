#include "simulator/terminal/terminal_record.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

using nlohmann::ordered_json;

constexpr std::string_view kinds[] = {"purchase", "entry", "exit", "surcharge", "lock", "load"};
constexpr core::Byte subtypes[] = {0x0D, 0x0C, 0x0D, 0x11, 0x16, 0x0E};
constexpr std::string_view states[] = {"pending", "paid", "not-paid", "mac2-wrong", "grey", "locked"};

/// Calls `field` with the name and the place of everything that a line holds beside kind and state.
template <typename Record, typename Field>
void each(Record& record, Field field) {
    auto& purchase = record.purchase;
    field("serial", record.serial);
    field("asn", purchase.asn);
    field("city", purchase.city);
    field("main_type", record.main_type);
    field("sub_type", record.sub_type);
    field("card_version", record.card_version);
    field("test", record.test);
    field("trading_city", record.trading_city);
    field("pos", record.pos);
    field("operator", record.operator_code);
    field("line", record.place.line);
    field("station", record.place.station);
    field("entry_line", record.entry_place.line);
    field("entry_station", record.entry_place.station);
    field("entry_moment", record.entry_moment);
    field("list_amount", record.list_amount);
    field("concession", record.concession);
    field("key_index", purchase.key_index);
    field("key_version", purchase.key_version);
    field("algorithm", purchase.algorithm);
    field("type", purchase.type);
    field("counter", purchase.counter);
    field("balance_before", purchase.balance_before);
    field("amount", purchase.amount);
    field("terminal", purchase.terminal);
    field("psam", purchase.psam);
    field("terminal_serial", purchase.terminal_serial);
    field("date_time", purchase.date_time);
    field("tac", purchase.tac);
    field("mac2", purchase.mac2);
    field("unconfirmed", purchase.unconfirmed);
}

struct Write {
    ordered_json& object;

    void operator()(const char* name, const std::string& text) const { object[name] = text; }
    void operator()(const char* name, bool flag) const { object[name] = flag; }
    void operator()(const char* name, std::uint32_t number) const { object[name] = number; }
    void operator()(const char* name, std::uint16_t number) const { object[name] = number; }
    void operator()(const char* name, core::Byte byte) const { object[name] = core::to_hex({&byte, 1}); }
    template <std::size_t size>
    void operator()(const char* name, const std::array<core::Byte, size>& bytes) const {
        object[name] = core::to_hex(bytes);
    }
};

struct Read {
    const ordered_json& object;
    bool& good;

    void operator()(const char* name, std::string& text) const { text = object.at(name).get<std::string>(); }
    void operator()(const char* name, bool& flag) const { flag = object.at(name).get<bool>(); }
    void operator()(const char* name, std::uint32_t& number) const { number = object.at(name).get<std::uint32_t>(); }
    void operator()(const char* name, std::uint16_t& number) const { number = object.at(name).get<std::uint16_t>(); }
    void operator()(const char* name, core::Byte& byte) const { hex(name, {&byte, 1}); }
    template <std::size_t size>
    void operator()(const char* name, std::array<core::Byte, size>& bytes) const {
        hex(name, bytes);
    }
    void hex(const char* name, std::span<core::Byte> into) const {
        const auto bytes = core::from_hex(object.at(name).get<std::string>());
        good = good && bytes && bytes->size() == into.size();
        if (good)
            std::ranges::copy(*bytes, into.begin());
    }
};

template <typename Word, std::size_t size>
bool find_word(const ordered_json& object, const char* name, const std::string_view (&words)[size], Word& into) {
    const auto* found = std::ranges::find(words, object.at(name).get<std::string>());
    into = static_cast<Word>(found - words);
    return found != std::end(words);
}

ordered_json to_object(const TerminalRecord& record) {
    ordered_json object{{"kind", name(record.kind)}, {"state", name(record.state)}};
    each(record, Write{object});
    return object;
}

} // namespace

std::string_view name(TerminalRecord::Kind kind) {
    return kinds[static_cast<std::size_t>(kind)];
}

std::string_view name(TerminalRecord::State state) {
    return states[static_cast<std::size_t>(state)];
}

core::Byte subtype(TerminalRecord::Kind kind) {
    return subtypes[static_cast<std::size_t>(kind)];
}

std::string to_line(const TerminalRecord& record) {
    return to_object(record).dump();
}

std::vector<std::string> record_columns() {
    std::vector<std::string> names;
    const auto object = to_object({});
    for (const auto& [name, value] : object.items())
        names.push_back(name);
    names.insert(names.end(), {"subtype", "balance_after"});
    return names;
}

std::vector<std::string> record_cells(const TerminalRecord& record) {
    std::vector<std::string> cells;
    const auto object = to_object(record);
    for (const auto& [name, value] : object.items())
        cells.push_back(value.is_string() ? value.get<std::string>() : value.dump());
    const core::Byte code = subtype(record.kind);
    cells.push_back(core::to_hex({&code, 1}));
    cells.push_back(std::to_string(record.balance_after()));
    return cells;
}

core::Result<TerminalRecord> parse_record(std::string_view line) {
    TerminalRecord record;
    try {
        const auto object = ordered_json::parse(line);
        bool good = find_word(object, "kind", kinds, record.kind) && find_word(object, "state", states, record.state);
        each(record, Read{object, good});
        if (good)
            return record;
    } catch (const ordered_json::exception&) { // the library tells bad input so
    }
    return core::fail("is no terminal record");
}

} // namespace tongka::simulator
