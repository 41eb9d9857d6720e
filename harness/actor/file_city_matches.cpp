#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>

#include "harness/actor/file_keys.hpp"
#include "harness/clearing/check.hpp"

namespace tongka::harness {

using namespace clearing;

namespace {

std::uint64_t number(std::string_view digits) {
    std::uint64_t value = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), value);
    return value;
}

/// Each record of XF that is refused stands in SS, and no other.
core::Result<Match> refusals(const FileSet& set, JudgedFiles& judged) {
    TONGKA_TRY(const auto sent, sent_records(set, judged, "XF"));
    std::map<std::string, std::vector<const SentRecord*>> wanted;
    for (const auto& one : sent)
        if (!one.accepted)
            wanted[card_key(*one.record)].push_back(&one);
    const auto refused = by_key(set, "SS", card_key);
    Match made{static_cast<std::uint32_t>(sent.size()), {}};
    for (const auto& [key, group] : wanted)
        if (const auto found = refused.find(key); found == refused.end() || found->second.size() < group.size())
            made.differ.push_back(group.back()->at("cannot be settled, and stands in no SS"));
    for (const auto& [key, group] : refused)
        if (const auto found = wanted.find(key); found == wanted.end() || found->second.size() < group.size())
            made.differ.push_back(group.back().at("stands for no record of XF that has to be refused"));
    return made;
}

/// QS by merchant: what was confirmed is XF without SS, what was refused is SS.
core::Result<Match> summary(const FileSet& set, JudgedFiles& judged) {
    TONGKA_TRY(const auto sent, sent_records(set, judged, "XF"));
    std::map<std::uint64_t, Amount> confirmed;
    std::map<std::uint64_t, Amount> refused;
    for (const auto& one : sent)
        if (one.accepted)
            confirmed[one.record->merchant].add(*one.record);
    for (const auto* file : set.of("SS"))
        for (const auto& record : file->records)
            refused[record.transaction.merchant].add(record.transaction);
    Match made;
    std::set<std::uint64_t> told;
    for (const auto* file : set.of("QS"))
        for (const auto& record : file->records) {
            ++made.compared;
            const auto value = [&](const char* field) { return number(field_text(*file, record, field)); };
            const auto merchant = value("merchant");
            told.insert(merchant);
            const auto check = [&](const char* what, const Amount& amount, std::uint64_t count, std::uint64_t sum) {
                if (count != amount.count || sum != amount.sum)
                    made.differ.push_back({file->name, record.transaction.line,
                                           fmt::format("merchant {}: {} {} of {} fen, and the records come to {} of {}",
                                                       merchant, what, count, sum, amount.count, amount.sum)});
            };
            check("confirmed", confirmed[merchant], value("confirmed-count"), value("confirmed-amount"));
            check("refused", refused[merchant], value("refused-count"), value("refused-amount"));
        }
    for (const auto& [merchant, amount] : confirmed)
        if (!told.contains(merchant) && amount.count != 0)
            made.differ.push_back({"QS", 0, fmt::format("says nothing of merchant {}", merchant)});
    return made;
}

/// NS lists the uploads that were settled, by name.
Match listed(const FileSet& set) {
    std::set<std::string> wanted;
    for (const auto* file : set.of("XF"))
        wanted.insert(file->path.filename());
    Match made;
    for (const auto* file : set.of("NS"))
        for (const auto& record : file->records) {
            ++made.compared;
            std::string name(field_text(*file, record, "file"));
            name.erase(name.find_last_not_of(' ') + 1);
            if (wanted.erase(name) == 0)
                made.differ.push_back(
                    {file->name, record.transaction.line, fmt::format("lists '{}', which is no upload", name)});
        }
    for (const auto& name : wanted)
        made.differ.push_back({name, 0, "stands in no NS"});
    return made;
}

} // namespace

core::Result<Match> match_in_city(const FileSet& set, JudgedFiles& judged, std::string_view what) {
    if (what == "refusals")
        return refusals(set, judged);
    if (what == "summary")
        return summary(set, judged);
    if (what == "listed")
        return listed(set);
    return core::fail(fmt::format("'{}' is nothing that files are held against one another for", what));
}

core::Result<Settled> settled_of(const FileSet& set, std::string_view layout, std::string_view plant) {
    const bool inside = layout == "XF";
    if (!inside && layout != "FH")
        return core::fail(fmt::format("what becomes of a file {} stands in no other file", layout));
    auto* const key = inside ? card_key : trade_key;
    const auto sent = by_key(set, layout, key);
    const auto back = by_key(set, inside ? "SS" : "DT", key);
    Settled made;
    std::set<unsigned> codes;
    for (const auto& [name, group] : sent) {
        const auto planted = static_cast<std::size_t>(std::ranges::count_if(
            group, [&](const PlacedRecord& one) { return set.plant_at(one.file->name, one.record->line) == plant; }));
        if (planted == 0)
            continue;
        made.planted += static_cast<std::uint32_t>(planted);
        const auto good = group.size() - planted;
        std::uint32_t refused = 0;
        std::uint32_t paid = 0;
        if (const auto found = back.find(name); found != back.end())
            for (const auto& one : found->second) {
                const auto code = inside ? static_cast<unsigned>(number(field_text(*one.file, *one.whole, "reason")))
                                         : state_of(*one.record);
                ++(inside || code != 0 ? refused : paid);
                if (inside || code != 0)
                    codes.insert(code);
            }
        if (inside) // what is not in SS is paid
            paid =
                static_cast<std::uint32_t>(group.size()) - std::min(refused, static_cast<std::uint32_t>(group.size()));
        made.refused += refused;
        made.told += refused + paid - std::min<std::uint32_t>(paid, static_cast<std::uint32_t>(good));
        made.paid += paid - std::min<std::uint32_t>(paid, static_cast<std::uint32_t>(good));
    }
    made.codes.assign(codes.begin(), codes.end());
    return made;
}

} // namespace tongka::harness
