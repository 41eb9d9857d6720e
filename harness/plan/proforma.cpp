#include "harness/plan/proforma.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/document/parse.hpp"
#include "core/hex.hpp"
#include "core/nearest.hpp"
#include "harness/language/names.hpp"
#include "harness/plan/read_proforma.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;

/// The entry whose `name` it is, over all proformas; null where there is none.
template <typename Entry>
const Entry* find_in(const std::vector<Proforma>& all, std::vector<Entry> Proforma::*list, std::string Entry::*name,
                     std::string_view wanted) {
    for (const auto& proforma : all)
        for (const auto& entry : proforma.*list)
            if (entry.*name == wanted)
                return &entry;
    return nullptr;
}

template <typename Entry>
std::vector<std::string_view> names_in(const std::vector<Proforma>& all, std::vector<Entry> Proforma::*list,
                                       std::string Entry::*name) {
    std::vector<std::string_view> names;
    for (const auto& proforma : all)
        for (const auto& entry : proforma.*list)
            names.push_back(entry.*name);
    return names;
}

/// A claim over a key that nobody can declare would make every declaration an error.
Result<void> check_keys(const Proformas& proformas, const std::optional<AppliesClause>& clause) {
    if (clause)
        for (const auto& key : keys_of(clause->root))
            if (proformas.item(key) == nullptr)
                return fail(clause->source.error(
                    fmt::format("no proforma has the ICS key '{}'{}", key, core::suggest(key, proformas.keys()))));
    return {};
}

/// Whether an item is asked for hangs on answers that came before it.
Result<void> check_order(const ProformaItem& item, const std::vector<std::string_view>& asked) {
    if (item.when)
        for (const auto& key : keys_of(item.when->root))
            if (std::ranges::find(asked, key) == asked.end())
                return fail(
                    item.when->source.error(fmt::format("{} is asked for after {}, which hangs on it", key, item.key)));
    return {};
}

Result<void> check_keys(const Proformas& proformas) {
    std::vector<std::string_view> asked;
    for (const auto& proforma : proformas.all()) {
        for (const auto& item : proforma.items) {
            TONGKA_CHECK(check_keys(proformas, item.when));
            TONGKA_CHECK(check_order(item, asked));
            asked.push_back(item.key);
            if (item.probe) {
                TONGKA_CHECK(check_keys(proformas, item.probe->when));
            }
        }
        for (const auto& value : proforma.values)
            TONGKA_CHECK(check_keys(proformas, value.needed_by));
        for (const auto& rule : proforma.rules) {
            TONGKA_CHECK(check_keys(proformas, rule.condition));
            TONGKA_CHECK(check_keys(proformas, rule.demand));
        }
    }
    return {};
}

Result<void> check_unique(const Proformas& proformas) {
    std::map<std::string_view, std::string_view> places;
    const auto add = [&](const std::string& name, const std::string& place) -> Result<void> {
        const auto [first, added] = places.emplace(name, place);
        if (!added)
            return fail(fmt::format("{}: {} stands at {} already", place, name, first->second));
        return {};
    };
    for (const auto& proforma : proformas.all()) {
        for (const auto& item : proforma.items)
            TONGKA_CHECK(add(item.key, item.place));
        for (const auto& value : proforma.values)
            TONGKA_CHECK(add(value.name, value.place));
    }
    return {};
}

bool is_day(std::string_view text) {
    if (text.size() != 8 || !is_decimal(text))
        return false;
    const int month = (text[4] - '0') * 10 + text[5] - '0';
    const int day = (text[6] - '0') * 10 + text[7] - '0';
    return month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

} // namespace

Result<Proformas> Proformas::load(const std::filesystem::path& folder) {
    Proformas proformas;
    for (const auto kind : proforma_kinds) {
        TONGKA_TRY(const auto root, core::document::read(folder / fmt::format("{}.yaml", kind)));
        TONGKA_TRY(auto proforma, read_proforma(root));
        if (proforma.kind != kind)
            return fail(root.error(fmt::format("the proforma of this file is that of '{}'", kind)));
        proformas.all_.push_back(std::move(proforma));
    }
    TONGKA_CHECK(check_unique(proformas));
    TONGKA_CHECK(check_keys(proformas));
    return proformas;
}

const Proforma* Proformas::find(std::string_view kind) const {
    const auto found = std::ranges::find(all_, kind, &Proforma::kind);
    return found == all_.end() ? nullptr : &*found;
}

const ProformaItem* Proformas::item(std::string_view key) const {
    return find_in(all_, &Proforma::items, &ProformaItem::key, key);
}
const ProformaValue* Proformas::value(std::string_view name) const {
    return find_in(all_, &Proforma::values, &ProformaValue::name, name);
}
const ProformaTries* Proformas::tries(std::string_view name) const {
    return find_in(all_, &Proforma::tries, &ProformaTries::name, name);
}

std::vector<std::string_view> Proformas::keys() const {
    return names_in(all_, &Proforma::items, &ProformaItem::key);
}
std::vector<std::string_view> Proformas::value_names() const {
    return names_in(all_, &Proforma::values, &ProformaValue::name);
}
std::vector<std::string_view> Proformas::tries_names() const {
    return names_in(all_, &Proforma::tries, &ProformaTries::name);
}

KeyTitles Proformas::titles() const {
    KeyTitles titles;
    for (const auto& proforma : all_)
        for (const auto& item : proforma.items)
            titles.emplace(item.key, item.title);
    return titles;
}

std::string fault_of(const ProformaValue& value, core::BytesView bytes) {
    if (bytes.size() < value.shortest || bytes.size() > value.longest)
        return value.shortest == value.longest
                   ? fmt::format("{} bytes are needed, not {}", value.shortest, bytes.size())
                   : fmt::format("{} to {} bytes are needed, not {}", value.shortest, value.longest, bytes.size());
    const auto text = core::to_hex(bytes);
    // The value itself is not told: it may be a PIN.
    if (value.format == ValueFormat::bcd && !std::ranges::all_of(text, [](char c) { return c <= '9' || c == 'F'; }))
        return "decimal digits are needed, filled up with F";
    if (value.format == ValueFormat::date && !is_day(text))
        return "a day YYYYMMDD is needed";
    return {};
}

} // namespace tongka::harness
