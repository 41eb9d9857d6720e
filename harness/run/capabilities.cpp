#include "harness/run/capabilities.hpp"

#include <fmt/format.h>

namespace tongka::harness {
namespace {

std::optional<Words> why_not(const std::vector<Step>& steps, const Devices& devices);

std::optional<Words> why_not(const Step& step, const Devices& devices) {
    if (const auto* block = std::get_if<Block>(&step.action))
        return why_not(block->steps, devices);
    if (const auto* call = std::get_if<Call>(&step.action))
        return why_not(call->procedure->steps, devices);
    const auto* asked = std::get_if<Do>(&step.action);
    const auto* actor = asked == nullptr ? nullptr : devices.actor(step.device);
    if (actor == nullptr)
        return std::nullopt;
    Values words;
    for (const auto& argument : asked->with)
        if (argument.slot->kind == ActionSlot::Kind::word)
            words.set_word(argument.slot->name, argument.word);
    if (const auto reason = actor->why_not(asked->action->name, words))
        return Words{std::string(reason->zh), std::string(reason->en)};
    const auto untold = [&](std::string_view result) -> std::optional<Words> {
        if (actor->tells(result))
            return std::nullopt;
        return Words{fmt::format("{}不告知结果“{}”", name(step.device), result),
                     fmt::format("the {} does not tell the result '{}'", name(step.device), result)};
    };
    for (const auto& expectation : asked->expect)
        if (auto reason = untold(expectation.slot->name))
            return reason;
    for (const auto& give : asked->gives)
        if (auto reason = untold(give.returned.text))
            return reason;
    return std::nullopt;
}

std::optional<Words> why_not(const std::vector<Step>& steps, const Devices& devices) {
    for (const auto& step : steps)
        if (auto reason = why_not(step, devices))
            return reason;
    return std::nullopt;
}

} // namespace

std::optional<Words> why_not(const Case& test_case, const Devices& devices) {
    for (const auto* steps : {&test_case.setup, &test_case.steps, &test_case.cleanup})
        if (auto reason = why_not(*steps, devices))
            return reason;
    return std::nullopt;
}

} // namespace tongka::harness
