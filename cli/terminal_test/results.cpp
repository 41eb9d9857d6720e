#include "cli/terminal_test/results.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/hex.hpp"
#include "harness/actor/terminal_counts.hpp"
#include "harness/language/actions.hpp"

namespace tongka::cli {
namespace {

using harness::ActionSlot;
using nlohmann::json;

std::string last_line(const std::string& text) {
    const auto end = text.find_last_not_of("\r\n");
    if (end == std::string::npos)
        return {};
    const auto begin = text.find_last_of('\n', end);
    return text.substr(begin == std::string::npos ? 0 : begin + 1,
                       end - (begin == std::string::npos ? 0 : begin + 1) + 1);
}

core::Result<void> take(const ActionSlot& slot, const json& value, harness::Values& results) {
    if (slot.kind == ActionSlot::Kind::word && value.is_string()) {
        results.set_word(slot.name, value.get<std::string>());
        return {};
    }
    if (slot.kind == ActionSlot::Kind::number && value.is_number_unsigned()) {
        results.set_number(slot.name, value.get<std::uint32_t>());
        return {};
    }
    if (slot.kind != ActionSlot::Kind::word && value.is_string()) {
        TONGKA_TRY(auto bytes, core::from_hex(value.get<std::string>()));
        results.set(slot.name, std::move(bytes));
        return {};
    }
    return core::fail(fmt::format("the program's result '{}' is {}", slot.name, value.dump()));
}

} // namespace

core::Result<void> read_results(const std::string& said, std::string_view action, harness::Values& results) {
    const auto line = last_line(said);
    const auto object = json::parse(line, nullptr, false);
    if (!object.is_object())
        return core::fail(fmt::format("the last line that the program printed is no JSON object: '{}'", line));
    for (const auto& info : harness::actions_of(harness::Role::terminal)) {
        if (info.name != action)
            continue;
        for (const auto& slot : info.results)
            if (const auto found = object.find(slot.name);
                found != object.end() && !found->is_null() && !harness::is_terminal_count(slot.name))
                TONGKA_CHECK(take(slot, *found, results));
    }
    return {};
}

} // namespace tongka::cli
