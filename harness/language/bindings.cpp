#include "harness/language/bindings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/language/evaluator.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using core::document::Node;

/// `place` is where the value comes from.
Result<void> check_width(const std::vector<Slot>& slots, std::string_view name, const Value& value, const Node& place) {
    const auto slot = std::ranges::find_if(slots, [&](const Slot& candidate) { return candidate.name() == name; });
    const auto type = type_of(value);
    if (slot == slots.end() || (type.is_key() == slot->type.is_key() && type.width == slot->type.width))
        return {};
    return fail(place.error(fmt::format("'{}' must be {}, but is {}", name, to_string(slot->type), to_string(type))));
}

} // namespace

Result<void> bind(const std::vector<Binding>& bindings, Environment& environment) {
    for (const auto& binding : bindings) {
        TONGKA_TRY(auto value, evaluate(binding.formula, environment));
        if (auto bound = environment.bind(binding.name(), std::move(value)); !bound)
            return fail(binding.key.error(bound.error().message));
    }
    return {};
}

Result<Environment> enter(const Call& call, const Environment& caller) {
    Environment procedure(caller.lookup());
    for (const auto& argument : call.with) {
        TONGKA_TRY(auto value, evaluate(argument.formula, caller));
        TONGKA_CHECK(check_width(call.procedure->params, argument.name(), value, argument.formula.source));
        if (auto bound = procedure.bind(argument.name(), std::move(value)); !bound)
            return fail(argument.key.error(bound.error().message));
    }
    return procedure;
}

Result<void> leave(const Call& call, const Environment& procedure, Environment& caller) {
    for (const auto& give : call.gives) {
        const auto* value = procedure.find(give.returned.text);
        if (value == nullptr)
            return fail(give.returned.error(fmt::format("'{}' was not bound by the procedure", give.returned.text)));
        TONGKA_CHECK(check_width(call.procedure->returns, give.returned.text, *value, give.returned));
        if (auto bound = caller.bind(give.name.text, *value); !bound)
            return fail(give.name.error(bound.error().message));
    }
    return {};
}

} // namespace tongka::harness
