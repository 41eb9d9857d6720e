#include "harness/language/step_checker.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/nearest.hpp"
#include "harness/language/checker.hpp"
#include "harness/language/do_step.hpp"
#include "harness/language/guard.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;

const Slot* find_slot(const std::vector<Slot>& slots, std::string_view name) {
    const auto found = std::ranges::find_if(slots, [&](const Slot& slot) { return slot.name() == name; });
    return found == slots.end() ? nullptr : &*found;
}

std::string suggest_slot(std::string_view name, const std::vector<Slot>& slots) {
    std::vector<std::string_view> names;
    for (const auto& slot : slots)
        names.push_back(slot.name());
    return core::suggest(name, names);
}

Result<void> check_argument(const Binding& argument, const Procedure& procedure, Scope& scope) {
    const auto* param = find_slot(procedure.params, argument.name());
    if (param == nullptr)
        return fail(argument.key.error(fmt::format("'{}' is no parameter of '{}'{}", argument.name(), procedure.name,
                                                   suggest_slot(argument.name(), procedure.params))));
    TONGKA_TRY(const auto type, check(argument.formula, scope));
    const bool fits = type.is_key() == param->type.is_key() &&
                      (!type.width || !param->type.width || *type.width == *param->type.width);
    if (!fits)
        return fail(
            argument.formula.source.error(fmt::format("parameter '{}' of '{}' is {}, but this is {}", argument.name(),
                                                      procedure.name, to_string(param->type), to_string(type))));
    return {};
}

Result<void> check_call(const Call& call, const std::vector<Role>& devices, Scope& scope) {
    const auto& procedure = *call.procedure;
    for (auto role : procedure.devices)
        if (std::ranges::find(devices, role) == devices.end())
            return fail(
                call.name.error(fmt::format("procedure '{}' talks to the {}, which is not among the devices declared",
                                            procedure.name, name(role))));
    for (const auto& argument : call.with)
        TONGKA_CHECK(check_argument(argument, procedure, scope));
    for (const auto& param : procedure.params)
        if (std::ranges::none_of(call.with, [&](const Binding& given) { return given.name() == param.name(); }))
            return fail(call.name.error(fmt::format("procedure '{}' needs '{}'", procedure.name, param.name())));
    for (const auto& give : call.gives) {
        const auto* returned = find_slot(procedure.returns, give.returned.text);
        if (returned == nullptr)
            return fail(
                give.returned.error(fmt::format("'{}' is not returned by '{}'{}", give.returned.text, procedure.name,
                                                suggest_slot(give.returned.text, procedure.returns))));
        TONGKA_CHECK(scope.bind(give.name.text, returned->type, give.name));
    }
    return {};
}

Result<void> check_action(const Step& step, const std::vector<Role>& devices, Scope& scope) {
    if (const auto* send = std::get_if<Send>(&step.action)) {
        TONGKA_CHECK(check(send->command, scope));
        return check(send->expect, scope);
    }
    if (const auto* let = std::get_if<Let>(&step.action))
        return check_bindings(let->bindings, scope);
    if (const auto* comparison = std::get_if<Check>(&step.action))
        return check(comparison->comparison, scope);
    if (const auto* call = std::get_if<Call>(&step.action))
        return check_call(*call, devices, scope);
    if (const auto* block = std::get_if<Block>(&step.action))
        return check_steps(block->steps, devices, scope);
    if (const auto* act = std::get_if<Do>(&step.action))
        return check_do(*act, scope);
    return {};
}

/// Each column has one type; its names are bound behind the last row, so that rows know what is outside alone.
Result<void> bind_columns(const std::vector<Row>& rows, Scope& scope) {
    std::map<std::string_view, Type> types;
    for (const auto& row : rows)
        for (const auto& cell : row.cells) {
            TONGKA_TRY(const auto type, check(cell.formula, scope));
            auto& column = types.try_emplace(cell.name(), type).first->second;
            if (type.is_key() != column.is_key() || (type.width && column.width && *type.width != *column.width))
                return fail(cell.formula.source.error(fmt::format("'{}' is {} in the rows before, but here it is {}",
                                                                  cell.name(), to_string(column), to_string(type))));
            if (!type.width)
                column.width.reset();
        }
    if (!rows.empty())
        for (const auto& cell : rows.front().cells)
            TONGKA_CHECK(scope.bind(cell.name(), types.at(cell.name()), cell.key));
    return {};
}

Result<void> check_step(const Step& step, const std::vector<Role>& devices, Scope& scope) {
    const auto mark = scope.mark();
    TONGKA_CHECK(bind_columns(step.rows, scope));
    if (step.repeat)
        TONGKA_CHECK(scope.bind(round_name, Type::bytes(1), step.repeat->source));
    TONGKA_CHECK(check_action(step, devices, scope));
    if (!step.rows.empty())
        for (const auto& cell : step.rows.front().cells)
            if (!scope.is_used(cell.name()))
                return fail(cell.key.error(fmt::format("'{}' of the rows is never used", cell.name())));
    if (step.is_loop())
        scope.forget_since(mark, "it is bound anew in each row or round, and gone after the last");
    return {};
}

} // namespace

Result<void> check_bindings(const std::vector<Binding>& bindings, Scope& scope) {
    for (const auto& binding : bindings) {
        TONGKA_TRY(const auto type, check(binding.formula, scope));
        TONGKA_CHECK(scope.bind(binding.name(), type, binding.key));
    }
    return {};
}

Result<void> check_steps(const std::vector<Step>& steps, const std::vector<Role>& devices, Scope& scope) {
    for (const auto& step : steps) {
        if (step.when) {
            TONGKA_CHECK(check(*step.when, scope));
            scope.enter(guard_of(*step.when));
        }
        TONGKA_CHECK(check_step(step, devices, scope));
        if (step.when)
            scope.leave();
    }
    return {};
}

} // namespace tongka::harness
