#include "harness/language/environment.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tongka::harness {

const Value* Environment::find(std::string_view name) const {
    const auto found = std::ranges::find_if(names_, [&](const auto& bound) { return bound.first == name; });
    return found == names_.end() ? nullptr : &found->second;
}

core::Result<void> Environment::bind(std::string_view name, Value value) {
    if (find(name) != nullptr)
        return core::fail(fmt::format("'{}' is bound already", name));
    names_.emplace_back(name, std::move(value));
    return {};
}

void Environment::shrink(std::size_t size) {
    if (size < names_.size())
        names_.erase(names_.begin() + static_cast<std::ptrdiff_t>(size), names_.end());
}

} // namespace tongka::harness
