#include "harness/language/scope.hpp"

#include <algorithm>

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
    auto& known = names_.try_emplace(std::string(name), Name{type}).first->second;
    std::erase_if(known.places, [](const Place& place) { return place.forgotten; });
    if (known.places.empty())
        known = {type};
    for (const auto& place : known.places) {
        if (!exclude(place.guards, in_force_))
            return refuse(fmt::format("'{}' is bound already, in line {}", name, place.line));
        if (type.is_key() != known.type.is_key() ||
            (type.width && known.type.width && *type.width != *known.type.width))
            return refuse(fmt::format("'{}' is {} in line {}, but here it is {}", name, to_string(known.type),
                                      place.line, to_string(type)));
    }
    if (!type.width)
        known.type.width.reset();
    known.places.push_back({source.position().line, bound_++, in_force_});
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
    if (!is_sure(info)) {
        std::string places;
        for (const auto& place : info.places)
            if (place.hidden.empty())
                places +=
                    fmt::format("{}{}, in line {}", places.empty() ? "" : ", or ", to_string(place.guards), place.line);
        return fail(source.error_at(
            index, places.empty() ? fmt::format("'{}' is not bound here: {}", name, info.places.back().hidden)
                                  : fmt::format("'{}' is bound only when {}: a step that uses it needs the same 'when'",
                                                name, places)));
    }
    info.used = true;
    return info.type;
}

void Scope::hide_since(std::size_t mark, std::string_view reason) {
    for (auto& [name, info] : names_)
        for (auto& place : info.places)
            if (place.order >= mark)
                place.hidden = reason;
}

void Scope::forget_since(std::size_t mark, std::string_view reason) {
    hide_since(mark, reason);
    for (auto& [name, info] : names_)
        for (auto& place : info.places)
            place.forgotten |= place.order >= mark;
}

bool Scope::is_used(std::string_view name) const {
    const auto found = names_.find(name);
    return found != names_.end() && found->second.used;
}

std::optional<Type> Scope::find_sure(std::string_view name) const {
    const auto found = names_.find(name);
    if (found == names_.end() || !is_sure(found->second))
        return std::nullopt;
    return found->second.type;
}

bool Scope::is_sure(const Name& name) const {
    std::vector<const Guards*> places;
    for (const auto& place : name.places)
        if (place.hidden.empty())
            places.push_back(&place.guards);
    return harness::is_sure(places, in_force_);
}

} // namespace tongka::harness
