#include "harness/actor/terminal_arguments.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tongka::harness {

using simulator::CardType;
using simulator::Place;
using simulator::TerminalParameters;
using simulator::TerminalRecord;

namespace {

/// The entries of a list of `width` bytes each, handed to `take`.
template <std::size_t width, typename Take>
core::Result<void> each(const Values& arguments, std::string_view name, Take take) {
    const auto all = arguments.bytes(name);
    if (all.size() % width != 0)
        return core::fail(fmt::format("'{}' has {} bytes, and an entry has {}", name, all.size(), width));
    for (std::size_t at = 0; at < all.size(); at += width) {
        std::array<core::Byte, width> entry;
        std::ranges::copy(all.subspan(at, width), entry.begin());
        take(entry);
    }
    return {};
}

void set_number(const Values& arguments, std::string_view name, auto& number) {
    number = static_cast<std::remove_reference_t<decltype(number)>>(arguments.number(name, number));
}

void set_flag(const Values& arguments, std::string_view name, bool& flag) {
    flag = arguments.word(name, flag ? "yes" : "no") == "yes";
}

void set_type(const Values& arguments, TerminalParameters& parameters) {
    const auto type = arguments.bytes("card-type");
    if (type.empty())
        return;
    auto& types = parameters.types;
    auto row = std::ranges::find_if(types, [&](const CardType& one) { return one.is(type[0], type[1]); });
    if (row == types.end())
        row = types.insert(types.end(), CardType{.main_type = type[0], .sub_type = type[1]});
    set_flag(arguments, "sale", row->sale);
    set_flag(arguments, "load", row->load);
    set_number(arguments, "first-load", row->first_minimum);
    set_number(arguments, "load-unit", row->unit);
    set_number(arguments, "most-load", row->most_load);
    set_number(arguments, "most-balance", row->most_balance);
}

void set_fares(const Values& arguments, TerminalParameters& parameters) {
    auto& fares = parameters.fares;
    const auto kind = arguments.word("fares", fares.kind == simulator::Fares::Kind::time ? "time" : "segment");
    fares.kind = kind == "time" ? simulator::Fares::Kind::time : simulator::Fares::Kind::segment;
    fares.charges_forgotten = arguments.word("forgotten", fares.charges_forgotten ? "highest" : "refuse") == "highest";
    if (arguments.find("discount-percent") != nullptr || arguments.find("discount-minutes") != nullptr)
        parameters.discounts = {
            {.operator_code = parameters.operator_code,
             .minutes = static_cast<std::uint16_t>(arguments.number("discount-minutes", 60)),
             .percent = static_cast<std::uint16_t>(std::min(arguments.number("discount-percent"), 100U)),
             .amount = 0}};
}

core::Bytes short_place(const Place& place) {
    return {place.line, place.station};
}

} // namespace

core::Result<void> set_parameters(const Values& arguments, TerminalParameters& parameters) {
    if (const auto city = arguments.bytes("city"); !city.empty())
        std::ranges::copy(city, parameters.city.begin());
    if (arguments.find("white-list") != nullptr) {
        parameters.white_list.clear();
        TONGKA_CHECK(each<2>(arguments, "white-list", [&](const auto& city) { parameters.white_list.insert(city); }));
    }
    if (arguments.find("interop-values") != nullptr) {
        parameters.interoperability.clear();
        TONGKA_CHECK(each<2>(arguments, "interop-values",
                             [&](const auto& value) { parameters.interoperability.insert(value); }));
    }
    if (arguments.find("blacklist") != nullptr || arguments.find("blacklist-of-cities") != nullptr) {
        parameters.blacklist.clear();
        TONGKA_CHECK(each<8>(arguments, "blacklist", [&](const auto& asn) { parameters.blacklist.add(asn); }));
        TONGKA_CHECK(
            each<12>(arguments, "blacklist-of-cities", [&](const auto& card) { parameters.blacklist.add(card); }));
    }
    set_flag(arguments, "test", parameters.test);
    set_flag(arguments, "needs-enabled", parameters.needs_enabled);
    set_number(arguments, "most-amount", parameters.most_amount);
    set_number(arguments, "least-balance", parameters.least_balance);
    set_number(arguments, "passback-seconds", parameters.passback_seconds);
    set_type(arguments, parameters);
    set_fares(arguments, parameters);
    return {};
}

simulator::Moment moment_of(const Values& arguments) {
    simulator::Moment moment{};
    std::ranges::copy(arguments.bytes("date"), moment.begin());
    std::ranges::copy(arguments.bytes("time"), moment.begin() + 4);
    return moment;
}

Place place_of(const Values& arguments) {
    const auto station = arguments.bytes("station");
    return {station[0], station[1]};
}

void tell_outcome(const simulator::TerminalOutcome& outcome, Values& results) {
    results.set_word("outcome", name(outcome.result));
    if (outcome.reason)
        results.set_word("reason", info(*outcome.reason).name);
    results.set_word("recovered", outcome.recovered ? "yes" : "no");
    if (!outcome.record)
        return;
    const TerminalRecord& record = *outcome.record;
    const auto& paid = record.purchase;
    results.set_word("record", name(record.kind)).set_word("state", name(record.state));
    results.set_number("serial", record.serial);
    results.set("asn", core::BytesView(paid.asn)).set("home-city", core::BytesView(paid.city));
    results.set("trading-city", core::BytesView(record.trading_city));
    results.set("card-type", core::Bytes{record.main_type, record.sub_type});
    results.set("type", core::Bytes{paid.type}).set("counter", core::big_endian(paid.counter, 2));
    results.set_number("balance-before", paid.balance_before).set_number("balance-after", record.balance_after());
    results.set_number("amount", paid.amount).set_number("list-amount", record.list_amount);
    results.set_number("concession", record.concession);
    results.set("key", core::Bytes{paid.key_index, paid.key_version, paid.algorithm});
    results.set("terminal", core::BytesView(paid.terminal));
    results.set("terminal-serial", core::BytesView(paid.terminal_serial));
    results.set("moment", core::BytesView(paid.date_time));
    results.set("tac", core::BytesView(paid.tac));
    results.set_word("test", record.test ? "yes" : "no");
    results.set("entry-place", short_place(record.entry_place));
    results.set("entry-moment", core::BytesView(record.entry_moment));
}

Values tell_records(const std::vector<TerminalRecord>& records) {
    std::uint32_t pending = 0;
    std::uint32_t paid = 0;
    std::uint32_t loaded = 0;
    for (const auto& record : records) {
        pending += record.state == TerminalRecord::State::pending ? 1 : 0;
        if (record.state == TerminalRecord::State::paid)
            (record.kind == TerminalRecord::Kind::load ? loaded : paid) += record.purchase.amount;
    }
    Values results;
    results.set_number("records", static_cast<std::uint32_t>(records.size())).set_number("pending", pending);
    results.set_number("paid", paid).set_number("loaded", loaded);
    if (records.empty())
        return results;
    const auto& last = records.back();
    results.set_word("record", name(last.kind)).set_word("state", name(last.state)).set_number("serial", last.serial);
    results.set("asn", core::BytesView(last.purchase.asn));
    results.set("counter", core::big_endian(last.purchase.counter, 2)).set_number("amount", last.purchase.amount);
    results.set("moment", core::BytesView(last.purchase.date_time)).set("tac", core::BytesView(last.purchase.tac));
    return results;
}

} // namespace tongka::harness
