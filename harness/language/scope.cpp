#include "harness/language/scope.hpp"

#include <vector>

#include <fmt/format.h>

#include "core/nearest.hpp"
#include "harness/language/given.hpp"
#include "harness/language/names.hpp"

namespace tongka::harness {

using core::fail;
using core::Result;

Result<void> Scope::bind(std::string_view name, Type type, const core::document::Node& source, std::size_t index) {
    const auto refuse = [&](const std::string& message) { return fail(source.error_at(index, message)); };
    if (!is_variable_name(name))
        return refuse(fmt::format("'{}' cannot be a name: names are a-z, 0-9 and _, beginning with a letter", name));
    if (is_hex(name))
        return refuse(fmt::format("'{}' cannot be a name: it looks like hexadecimal", name));
    if (is_given_word(name))
        return refuse(fmt::format("'{}' cannot be bound: it is a name of the language", name));
    if (const auto found = names_.find(name); found != names_.end())
        return refuse(fmt::format("'{}' is bound already, in line {}", name, found->second.line));
    names_.emplace(name, Name{type, source.position().line, bound_++, condition_, {}});
    return {};
}

Result<Type> Scope::use(std::string_view name, const core::document::Node& source, std::size_t index) {
    const auto found = names_.find(name);
    if (found == names_.end()) {
        std::vector<std::string_view> names;
        for (const auto& [known, info] : names_)
            names.push_back(known);
        return fail(source.error_at(index, fmt::format("'{}' is not bound here{}", name, core::suggest(name, names))));
    }
    auto& info = found->second;
    if (!info.hidden.empty())
        return fail(source.error_at(index, fmt::format("'{}' is not bound here: {}", name, info.hidden)));
    if (!info.condition.empty() && info.condition != condition_)
        return fail(source.error_at(
            index, fmt::format("'{}' is bound only when {}, in line {}: a step that uses it needs the same 'when'",
                               name, info.condition, info.line)));
    info.used = true;
    return info.type;
}

void Scope::hide_since(std::size_t mark, std::string_view reason) {
    for (auto& [name, info] : names_)
        if (info.order >= mark)
            info.hidden = reason;
}

bool Scope::is_used(std::string_view name) const {
    const auto found = names_.find(name);
    return found != names_.end() && found->second.used;
}

std::optional<Type> Scope::find_unconditional(std::string_view name) const {
    const auto found = names_.find(name);
    if (found == names_.end() || !found->second.condition.empty())
        return std::nullopt;
    return found->second.type;
}

} // namespace tongka::harness
