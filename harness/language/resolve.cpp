#include "harness/language/resolve.hpp"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "core/nearest.hpp"
#include "harness/language/needs.hpp"
#include "harness/language/step_checker.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;

/// Deeper chains of procedures than anyone writes; a run may then follow them by recursion.
constexpr std::size_t deepest_chain = 32;

Result<void> bind_calls(std::vector<Step>& steps, const Suite& suite) {
    for (auto& step : steps) {
        if (auto* block = std::get_if<Block>(&step.action))
            TONGKA_CHECK(bind_calls(block->steps, suite));
        auto* call = std::get_if<Call>(&step.action);
        if (call == nullptr)
            continue;
        const auto found = suite.procedures.find(call->name.text);
        if (found == suite.procedures.end()) {
            std::vector<std::string_view> names;
            for (const auto& [known, procedure] : suite.procedures)
                names.push_back(known);
            return fail(call->name.error(
                fmt::format("there is no procedure '{}'{}", call->name.text, core::suggest(call->name.text, names))));
        }
        call->procedure = &found->second;
    }
    return {};
}

/// Walks chains of calls for circles and length.
class ChainWalker {
public:
    Result<std::size_t> height(const Procedure& procedure) {
        if (const auto known = heights_.find(&procedure); known != heights_.end())
            return known->second;
        path_.push_back(&procedure);
        TONGKA_TRY(const auto highest, height(procedure.steps));
        path_.pop_back();
        heights_.emplace(&procedure, highest + 1);
        return highest + 1;
    }

private:
    /// Of the highest procedure that the steps call.
    Result<std::size_t> height(const std::vector<Step>& steps) {
        std::size_t highest = 0;
        for (const auto& step : steps) {
            if (const auto* block = std::get_if<Block>(&step.action)) {
                TONGKA_TRY(const auto below, height(block->steps));
                highest = std::max(highest, below);
            }
            const auto* call = std::get_if<Call>(&step.action);
            if (call == nullptr)
                continue;
            TONGKA_CHECK(check_path(*call));
            TONGKA_TRY(const auto below, height(*call->procedure));
            highest = std::max(highest, below);
            if (path_.size() + highest > deepest_chain)
                return fail(
                    call->name.error(fmt::format("procedures call each other more than {} deep", deepest_chain)));
        }
        return highest;
    }

    [[nodiscard]] Result<void> check_path(const Call& call) const {
        const auto first = std::ranges::find(path_, call.procedure);
        if (first != path_.end()) {
            std::string circle;
            for (auto at = first; at != path_.end(); ++at)
                circle += (*at)->name + " → ";
            return fail(call.name.error(fmt::format("a circle of procedures: {}{}", circle, call.procedure->name)));
        }
        if (path_.size() == deepest_chain)
            return fail(call.name.error(fmt::format("procedures call each other more than {} deep", deepest_chain)));
        return {};
    }

    std::vector<const Procedure*> path_;
    std::map<const Procedure*, std::size_t> heights_;
};

Result<void> check_returned(const Slot& slot, const Scope& scope) {
    const auto type = scope.find_sure(slot.name());
    if (!type)
        return fail(slot.key.error(fmt::format("'{}' is returned, but no step surely binds it", slot.name())));
    const bool fits = type->is_key() == slot.type.is_key() && (!type->width || type->width == slot.type.width);
    if (!fits)
        return fail(slot.key.error(
            fmt::format("'{}' is returned as {}, but is {}", slot.name(), to_string(slot.type), to_string(*type))));
    return {};
}

Result<void> check_procedure(const Procedure& procedure) {
    Scope scope;
    for (const auto& param : procedure.params)
        TONGKA_CHECK(scope.bind(param.name(), param.type, param.key));
    TONGKA_CHECK(check_steps(procedure.steps, procedure.devices, scope));
    for (const auto& param : procedure.params)
        if (!scope.is_used(param.name()))
            return fail(param.key.error(fmt::format("parameter '{}' is never used", param.name())));
    for (const auto& slot : procedure.returns)
        TONGKA_CHECK(check_returned(slot, scope));
    return {};
}

Result<void> check_case(const Case& of) {
    Scope scope;
    TONGKA_CHECK(check_bindings(of.vars, scope));
    TONGKA_CHECK(check_steps(of.setup, of.devices, scope));
    const auto mark = scope.mark();
    TONGKA_CHECK(check_steps(of.steps, of.devices, scope));
    scope.hide_since(mark, "cleanup runs even where the steps that bind it did not");
    return check_steps(of.cleanup, of.devices, scope);
}

} // namespace

Result<void> resolve(Suite& suite) {
    for (auto& [name, procedure] : suite.procedures)
        TONGKA_CHECK(bind_calls(procedure.steps, suite));
    for (auto& of : suite.cases)
        for (auto* steps : {&of.setup, &of.steps, &of.cleanup})
            TONGKA_CHECK(bind_calls(*steps, suite));
    ChainWalker walker;
    for (const auto& [name, procedure] : suite.procedures) {
        TONGKA_CHECK(walker.height(procedure));
        TONGKA_CHECK(check_procedure(procedure));
    }
    for (const auto& of : suite.cases)
        TONGKA_CHECK(check_case(of));
    note_needs(suite);
    return {};
}

} // namespace tongka::harness
