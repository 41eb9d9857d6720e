#include "harness/language/given.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::harness {
namespace {

using core::fail;

constexpr std::string_view ixit = "ixit.";

constexpr Given table[] = {
    {"today", 4, "the day of the run, BCD YYYYMMDD"},
    {"now", 3, "the time of the run, BCD HHMMSS"},
    {"card.asn", 8, "the card's application serial number, right-most 8 bytes"},
    {"card.chip", 8, "the card's chip serial number, as the ATS tells it"},
    {"card.city", 2, "the card's city code, BCD"},
    {"psam.terminal", 6, "the PSAM's terminal number"},
    {"psam.serial", 10, "the PSAM's serial number"},
    {"isam.terminal", 6, "the ISAM's terminal number"},
    {"isam.serial", 10, "the ISAM's serial number"},
};

} // namespace

std::span<const Given> given_table() {
    return table;
}

bool is_given_word(std::string_view name) {
    return name.find('.') == std::string_view::npos && std::ranges::find(table, name, &Given::name) != std::end(table);
}

core::Result<Type> type_of_given(std::string_view name) {
    if (name.starts_with(ixit)) {
        const auto rest = name.substr(ixit.size());
        if (rest.empty() || rest.find('.') != std::string_view::npos)
            return fail(fmt::format("'{}' is no IXIT name: write ixit.NAME", name));
        return Type::bytes();
    }
    if (const auto* found = std::ranges::find(table, name, &Given::name); found != std::end(table))
        return Type::bytes(found->width);
    std::vector<std::string_view> names{"ixit.NAME"};
    for (const auto& given : table)
        names.push_back(given.name);
    return fail(fmt::format("unknown name '{}'{}", name, core::suggest(name, names)));
}

} // namespace tongka::harness
