#include "harness/language/function.hpp"

#include <algorithm>
#include <vector>

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::harness {

std::size_t Function::most() const {
    return static_cast<std::size_t>(std::ranges::find(parameters, Parameter::none) - parameters.begin());
}

const Function* find_function(std::string_view name) {
    for (auto table : {byte_functions(), key_functions()})
        if (auto found = std::ranges::find(table, name, &Function::name); found != table.end())
            return &*found;
    return nullptr;
}

core::Error unknown_function(std::string_view name) {
    std::vector<std::string_view> names;
    for (auto table : {byte_functions(), key_functions()})
        for (const auto& function : table)
            names.push_back(function.name);
    return {fmt::format("there is no function '{}'{}", name, core::suggest(name, names))};
}

} // namespace tongka::harness
