#include "harness/run/resumption.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tongka::harness {
namespace {

using nlohmann::json;

/// The header without what another day, machine or reader changes.
json lasting(json line) {
    if (line.value("kind", "") != "header")
        return line;
    line.erase("started");
    line.erase("host");
    for (auto& device : line["devices"])
        for (const auto* member : {"spec", "reader", "uid"})
            device.erase(member);
    return line;
}

std::string text_of(const json& line, const std::string& member) {
    const auto found = line.find(member);
    const auto text = found == line.end() ? "nothing" : found->is_string() ? found->get<std::string>() : found->dump();
    return text.size() > 60 ? text.substr(0, 57) + "..." : text;
}

/// "profile: {...} in the record, {...} now".
std::string difference(const json& was, const json& is) {
    if (was.value("kind", "") != is.value("kind", "") || was.value("id", "") != is.value("id", ""))
        return fmt::format("{} {} in the record, {} {} now", was.value("kind", ""), was.value("id", ""),
                           is.value("kind", ""), is.value("id", ""));
    for (const auto* line : {&was, &is})
        for (const auto& [member, value] : line->items())
            if (text_of(was, member) != text_of(is, member) || was.contains(member) != is.contains(member) ||
                was.at(member) != is.at(member))
                return fmt::format("{}{}{}: {} in the record, {} now", was.value("id", ""),
                                   was.contains("id") ? " " : "", member, text_of(was, member), text_of(is, member));
    return "the order of its members";
}

} // namespace

void HeadAgain::take(const Json& line) {
    const auto number = lines_++;
    if (number >= resumed_.head.size()) {
        if (difference_.empty())
            record_.append(line);
        return;
    }
    const auto was = lasting(resumed_.head[number]);
    const auto is = lasting(json(line));
    if (difference_.empty() && was != is)
        difference_ = difference(was, is);
}

core::Result<void> HeadAgain::finish() const {
    if (!difference_.empty())
        return core::fail("this is not the run that was cut off: " + difference_);
    if (lines_ < resumed_.head.size())
        return core::fail(fmt::format("this is not the run that was cut off: {} {} is in the record, and not in this "
                                      "run",
                                      resumed_.head[lines_].value("kind", ""), resumed_.head[lines_].value("id", "")));
    return {};
}

std::optional<Words> why_not_again(const Case& test_case, const Devices& devices) {
    const bool all_new = std::ranges::all_of(test_case.devices, [&](Role role) {
        const auto* device = devices.at(role);
        return device != nullptr && device->can_be_renewed();
    });
    if (all_new)
        return std::nullopt;
    const Words before{"运行在此用例中被中断，不重做：",
                       "the run was cut off in this case, which is not begun again: "};
    const auto because = [&](std::string_view zh, std::string_view en) {
        return Words{before.zh + std::string(zh), before.en + std::string(en)};
    };
    if (!test_case.destructive.empty())
        return because("它会毁坏设备", "it destroys the device");
    if (!test_case.spends.empty())
        return because("它消耗尝试次数", "it spends tries");
    if (!test_case.cleanup.empty() || test_case.program)
        return because("它改变的内容未必已复原", "what it changes may not have been put back");
    return std::nullopt;
}

} // namespace tongka::harness
