#include "harness/actor/file_matches.hpp"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/hex.hpp"
#include "harness/actor/file_keys.hpp"
#include "harness/clearing/check.hpp"

namespace tongka::harness {

using namespace clearing;

namespace {

core::Result<Match> upload_and_trade(const FileSet& set, JudgedFiles& judged, std::string_view what) {
    TONGKA_TRY(const auto sent, sent_records(set, judged, "FH"));
    const auto trade = by_key(set, "DT", trade_key);
    Match made{static_cast<std::uint32_t>(sent.size()), {}};
    std::map<std::string, std::vector<const SentRecord*>> wanted;
    for (const auto& one : sent)
        wanted[trade_key(*one.record)].push_back(&one);
    for (const auto& [key, group] : wanted) {
        const auto found = trade.find(key);
        const std::size_t there = found == trade.end() ? 0 : found->second.size();
        if (what == "trade-missing" && there < group.size())
            made.differ.push_back(group[there]->at("has no record in DT"));
        if (what != "state" || there != group.size())
            continue;
        const auto refused = std::ranges::count_if(group, [](const auto* one) { return !one->accepted; });
        const auto told =
            std::ranges::count_if(found->second, [](const auto& one) { return state_of(*one.record) != 0; });
        if (refused != told)
            made.differ.push_back(
                found->second[0].at(told < refused ? fmt::format("is settled, and {}, line {}, cannot be",
                                                                 group.back()->file->name, group.back()->record->line)
                                                   : "is refused, and nothing is wrong with it"));
    }
    if (what == "trade-extra")
        for (const auto& [key, group] : trade)
            if (const auto found = wanted.find(key); found == wanted.end() || found->second.size() < group.size())
                made.differ.push_back(group.back().at("stands for no record of FH"));
    return made;
}

/// What can be read in a file that has lines which cannot: each record stands in DT.
Match beside_bad_lines(const FileSet& set) {
    const auto trade = by_key(set, "DT", trade_key);
    Match made;
    for (const auto* file : set.of("FH")) {
        if (std::ranges::none_of(file->faults, &Fault::is_record))
            continue;
        for (const auto& record : file->records) {
            ++made.compared;
            if (!trade.contains(trade_key(record.transaction)))
                made.differ.push_back({file->name, record.transaction.line,
                                       "has no record in DT, though another line of the file is the bad one"});
        }
    }
    return made;
}

core::Result<Match> upload_and_home(const FileSet& set, JudgedFiles& judged, std::string_view what) {
    TONGKA_TRY(const auto sent, sent_records(set, judged, "FH"));
    const auto home = by_key(set, "DF", home_key);
    std::map<std::string, std::vector<const SentRecord*>> wanted;
    for (const auto& one : sent)
        if (one.accepted)
            wanted[home_key(*one.record)].push_back(&one);
    Match made;
    for (const auto& [key, group] : wanted) {
        made.compared += static_cast<std::uint32_t>(group.size());
        const auto found = home.find(key);
        const std::size_t there = found == home.end() ? 0 : found->second.size();
        if (what == "home-missing" && there < group.size())
            made.differ.push_back(group[there]->at("has no record in DF"));
        for (std::size_t at = 0; what == "values" && at < std::min(there, group.size()); ++at) {
            const auto& in = *group[at]->record;
            const auto& out = *found->second[at].record;
            if (std::tie(in.amount, in.balance_before, in.tac, in.trading_city) !=
                std::tie(out.amount, out.balance_before, out.tac, out.trading_city))
                made.differ.push_back(found->second[at].at(
                    fmt::format("amount, balance, TAC or city is not what {}, line {}, says: {} and {}, {} and {}",
                                group[at]->file->name, in.line, out.amount, in.amount, core::to_hex(out.tac),
                                core::to_hex(in.tac))));
        }
    }
    if (what == "home-extra")
        for (const auto& [key, group] : home)
            if (const auto found = wanted.find(key); found == wanted.end() || found->second.size() < group.size())
                made.differ.push_back(group.back().at("stands for no record of FH that is accepted"));
    return made;
}

/// Count and money by trading and home city.
core::Result<Match> city_sums(const FileSet& set, JudgedFiles& judged) {
    TONGKA_TRY(const auto sent, sent_records(set, judged, "FH"));
    using Sums = std::map<std::pair<TacKeys::City, TacKeys::City>, Amount>;
    Sums in;
    Sums out;
    Match made;
    for (const auto& one : sent)
        if (one.accepted) {
            in[{one.record->trading_city, one.record->home_city}].add(*one.record);
            ++made.compared;
        }
    for (const auto* file : set.of("DF"))
        for (const auto& record : file->records)
            out[{record.transaction.trading_city, record.transaction.home_city}].add(record.transaction);
    std::set<Sums::key_type> pairs;
    for (const auto* sums : {&in, &out})
        for (const auto& [pair, amount] : *sums)
            pairs.insert(pair);
    for (const auto& pair : pairs)
        if (in[pair].count != out[pair].count || in[pair].sum != out[pair].sum)
            made.differ.push_back({"DF", 0,
                                   fmt::format("from {} for cards of {}: {} records of {} fen, and FH has {} of {}",
                                               core::to_hex(pair.first), core::to_hex(pair.second), out[pair].count,
                                               out[pair].sum, in[pair].count, in[pair].sum)});
    return made;
}

Match receivers(const FileSet& set) {
    Match made;
    for (const auto* file : set.of("DF"))
        for (const auto& record : file->records) {
            ++made.compared;
            if (file->city && record.transaction.home_city != *file->city)
                made.differ.push_back(
                    {file->name, record.transaction.line,
                     fmt::format("a card of {} in a file for {}", core::to_hex(record.transaction.home_city),
                                 core::to_hex(*file->city))});
        }
    return made;
}

Match serials(const FileSet& set) {
    Match made;
    for (const auto* layout : {"DF", "DT"}) {
        std::set<std::uint64_t> seen;
        for (const auto* file : set.of(layout))
            for (const auto& record : file->records) {
                ++made.compared;
                if (!seen.insert(record.transaction.serial).second)
                    made.differ.push_back({file->name, record.transaction.line,
                                           fmt::format("centre serial {} came before", record.transaction.serial)});
            }
    }
    return made;
}

/// Values of a field in all files of a layout.
std::set<std::string> values_of(const FileSet& set, std::string_view layout, std::string_view field) {
    std::set<std::string> values;
    for (const auto* file : set.of(layout))
        for (const auto& record : file->records)
            values.emplace(field_text(*file, record, field));
    return values;
}

Match unexplained(const FileSet& set) {
    Match made;
    const auto codes = values_of(set, "EC", "code");
    for (const auto* file : set.of("DT"))
        for (const auto& record : file->records) {
            const std::string state(field_text(*file, record, "settle-state"));
            ++made.compared;
            if (state_of(record.transaction) != 0 && !codes.contains(state))
                made.differ.push_back(
                    {file->name, record.transaction.line, fmt::format("state {} stands in no EC", state)});
        }
    return made;
}

Match not_white(const FileSet& set) {
    Match made;
    const auto cities = values_of(set, "WL", "city");
    for (const auto* file : set.of("DF"))
        for (const auto& record : file->records) {
            const auto city = core::to_hex(record.transaction.home_city) + "0000";
            ++made.compared;
            if (!cities.contains(city))
                made.differ.push_back(
                    {file->name, record.transaction.line, fmt::format("city {} stands in no WL", city)});
        }
    return made;
}

Match adjusted(const FileSet& set) {
    Match made;
    const auto trade = by_key(set, "DT", card_key);
    for (const auto* file : set.of("SA"))
        for (const auto& record : file->records) {
            ++made.compared;
            const auto found = trade.find(card_key(record.transaction));
            const bool refused = found != trade.end() && std::ranges::any_of(found->second, [](const auto& one) {
                                     return state_of(*one.record) != 0;
                                 });
            if (!refused)
                made.differ.push_back({file->name, record.transaction.line, "DT has refused no such record"});
        }
    return made;
}

} // namespace

core::Result<Match> match_files(const FileSet& set, JudgedFiles& judged, std::string_view what) {
    if (what == "trade-missing" || what == "trade-extra" || what == "state")
        return upload_and_trade(set, judged, what);
    if (what == "home-missing" || what == "home-extra" || what == "values")
        return upload_and_home(set, judged, what);
    if (what == "city-sums")
        return city_sums(set, judged);
    if (what == "receiver")
        return receivers(set);
    if (what == "centre-serial")
        return serials(set);
    if (what == "unexplained")
        return unexplained(set);
    if (what == "not-white")
        return not_white(set);
    if (what == "adjusted")
        return adjusted(set);
    if (what == "beside-bad-line")
        return beside_bad_lines(set);
    return match_in_city(set, judged, what);
}

} // namespace tongka::harness
