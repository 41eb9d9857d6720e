#include "harness/device/deviations.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/nearest.hpp"
#include "harness/actor/file_deviation.hpp"
#include "harness/actor/reader_deviation.hpp"
#include "simulator/chip/deviations.hpp"
#include "simulator/issuer/host/host_deviation.hpp"
#include "simulator/terminal/terminal_deviation.hpp"

namespace tongka::harness {

std::vector<DeviationName> deviation_names() {
    std::vector<DeviationName> names;
    for (const auto& info : simulator::deviation_table())
        names.push_back({info.name, info.device, info.title});
    for (const auto& info : simulator::terminal_deviations())
        names.push_back({info.name, name(Role::terminal), info.text});
    for (const auto* info : file_deviations())
        names.push_back({info->name, name(Role::file), info->title});
    for (const auto& info : simulator::host_deviation_table())
        names.push_back({info.name, name(Role::host), info.title});
    for (const auto& info : reader_deviation_table())
        names.push_back({info.name, name(Role::reader), info.title});
    return names;
}

core::Result<Role> role_of_deviation(std::string_view deviation) {
    std::vector<std::string_view> names;
    for (const auto& known : deviation_names()) {
        names.push_back(known.name);
        if (known.name != deviation)
            continue;
        const auto* role = std::ranges::find(roles, known.device, [](Role one) { return name(one); });
        if (role != std::end(roles))
            return *role;
    }
    return core::fail(fmt::format("there is no deviation '{}'{}", deviation, core::suggest(deviation, names)));
}

} // namespace tongka::harness
