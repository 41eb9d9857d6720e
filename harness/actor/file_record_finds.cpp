#include <algorithm>
#include <optional>
#include <set>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/hex.hpp"
#include "harness/actor/file_finds.hpp"
#include "harness/actor/file_keys.hpp"

namespace tongka::harness {

using namespace clearing;

namespace {

bool all_zero(std::span<const core::Byte> bytes) {
    return std::ranges::all_of(bytes, [](core::Byte byte) { return byte == 0; });
}

/// Reasons that SS files may give (clauses.md D).
constexpr std::string_view known_reasons[] = {"00", "01", "02", "03", "04", "05", "06", "07",
                                              "09", "10", "64", "90", "92", "93", "94"};

/// What is odd about one record; empty where nothing is.
std::string collection_point(const ReadFile&, const FileRecord& record) {
    return record.transaction.collection_point == 0 ? "the collection-point serial is 00000000" : "";
}

std::string lock_value(const ReadFile&, const FileRecord& record) {
    return record.transaction.lock > 1 ? fmt::format("the lock flag is {}", record.transaction.lock) : "";
}

std::string lock_pays(const ReadFile&, const FileRecord& record) {
    const auto& one = record.transaction;
    if (one.lock == 0 || (one.amount == 0 && all_zero(one.tac)))
        return "";
    return fmt::format("the card was locked, and the record has amount {} and TAC {}", one.amount,
                       core::to_hex(one.tac));
}

std::string place(const ReadFile& file, const FileRecord& record) {
    const auto& city = record.transaction.trading_city;
    if (!file.city || *file.city == city)
        return "";
    return fmt::format("the record's trading city is {}, the header's {}", core::to_hex(city),
                       core::to_hex(*file.city));
}

std::string card_city(const ReadFile&, const FileRecord& record) {
    const auto& one = record.transaction;
    if (one.asn[0] == one.home_city[0] && one.asn[1] == one.home_city[1])
        return "";
    return fmt::format("the home city is {}, the inner number {}", core::to_hex(one.home_city), core::to_hex(one.asn));
}

std::string psam(const ReadFile&, const FileRecord& record) {
    return all_zero(record.transaction.psam) ? "the PSAM number is zero" : "";
}

std::string terminal(const ReadFile&, const FileRecord& record) {
    return all_zero(record.transaction.terminal) ? "the PSAM's terminal number is zero" : "";
}

std::string type(const ReadFile&, const FileRecord& record) {
    const auto type = record.transaction.type;
    return type == 0x06 || type == 0x09 ? "" : fmt::format("the type is {:02X}, not 06 or 09", type);
}

std::string grey_value(const ReadFile&, const FileRecord& record) {
    return record.transaction.grey > 1 ? fmt::format("the grey flag is {:02}", record.transaction.grey) : "";
}

std::string settle_date(const ReadFile&, const FileRecord& record) {
    const auto& one = record.transaction;
    if (!core::read_bcd_date(one.settle_date))
        return fmt::format("there is no date {}", core::to_hex(one.settle_date));
    if (state_of(one) != 0 || // refused, for its time perhaps
        !std::ranges::lexicographical_compare(one.settle_date, std::span(one.date_time).first(4)))
        return "";
    return fmt::format("settled on {}, made on {}", core::to_hex(one.settle_date),
                       core::to_hex(core::BytesView(one.date_time).first(4)));
}

std::string reason(const ReadFile& file, const FileRecord& record) {
    const auto told = field_text(file, record, "reason");
    return std::ranges::find(known_reasons, told) != std::end(known_reasons)
               ? ""
               : fmt::format("the reason {} is not published", told);
}

std::string level(const ReadFile& file, const FileRecord& record) {
    const auto told = field_text(file, record, "level");
    return told.empty() || told == "00" ? "" : fmt::format("the list level is {}, not 00", told);
}

struct RecordRule {
    std::string_view word;
    std::string (*odd)(const ReadFile&, const FileRecord&);
};

constexpr RecordRule rules[] = {
    {"collection-point", collection_point},
    {"lock-value", lock_value},
    {"lock-pays", lock_pays},
    {"place", place},
    {"card-city", card_city},
    {"psam", psam},
    {"terminal", terminal},
    {"type", type},
    {"grey-value", grey_value},
    {"settle-date", settle_date},
    {"reason", reason},
    {"level", level},
};

/// Records that tell a value another one has told, in any file of the layout or in this one.
template <typename Value>
std::vector<Sight> twice(const FileSet& set, const std::string& layout, bool in_one_file, std::string_view what,
                         Value value) {
    std::vector<Sight> found;
    std::set<decltype(value(std::declval<const Transaction&>()))> seen;
    for (const auto* file : set.of(layout)) {
        if (in_one_file)
            seen.clear();
        for (const auto& record : file->records)
            if (!seen.insert(value(record.transaction)).second &&
                set.plant_at(file->name, record.transaction.line).empty())
                found.push_back({file->name, record.transaction.line, std::string(what)});
    }
    return found;
}

/// Records whose value is not above that of the one before.
template <typename Value>
std::vector<Sight> order(const FileSet& set, const std::string& layout, std::string_view what, Value value) {
    std::vector<Sight> found;
    for (const auto* file : set.of(layout))
        for (std::size_t at = 1; at < file->records.size(); ++at)
            if (value(file->records[at].transaction) < value(file->records[at - 1].transaction))
                found.push_back({file->name, file->records[at].transaction.line, std::string(what)});
    return found;
}

std::vector<Sight> names_twice(const FileSet& set, const std::string& layout) {
    std::vector<Sight> found;
    std::set<std::string> names;
    for (const auto* file : set.of(layout))
        if (!names.insert(file->path.filename()).second)
            found.push_back({file->name, 0, "a file of this name is there already"});
    return found;
}

} // namespace

std::optional<std::vector<Sight>> find_in_records(const FileSet& set, const std::string& layout,
                                                  std::string_view what) {
    const auto serial = [](const Transaction& one) { return one.serial; };
    const auto card = [](const Transaction& one) { return card_number(one); };
    if (what == "serial-twice")
        return twice(set, layout, true, "the serial stands in this file already", serial);
    if (what == "serial-order")
        return order(set, layout, "the serial is below that of the record before", serial);
    if (what == "card-twice")
        return twice(set, layout, true, "the card stands there already", card);
    if (what == "card-order")
        return order(set, layout, "the card is below the one before", card);
    if (what == "name-twice")
        return names_twice(set, layout);
    for (const auto& rule : rules) {
        if (rule.word != what)
            continue;
        std::vector<Sight> found;
        for (const auto* file : set.of(layout))
            for (const auto& record : file->records)
                if (auto odd = rule.odd(*file, record); !odd.empty())
                    if (set.plant_at(file->name, record.transaction.line).empty())
                        found.push_back({file->name, record.transaction.line, std::move(odd)});
        return found;
    }
    return std::nullopt;
}

} // namespace tongka::harness
