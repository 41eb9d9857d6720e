#include "harness/device/open.hpp"

#include <fmt/format.h>

#include "harness/device/pcsc.hpp"
#include "harness/device/simulated.hpp"

namespace tongka::harness {

core::Result<std::unique_ptr<Device>> open_device(std::string_view spec, Role role, const core::Profile& profile,
                                                  const OpenOptions& options) {
    if (spec == "sim:blank")
        return make_simulated(role, profile, options, true);
    for (const Role simulated : device_roles)
        if (spec.starts_with("sim:") && spec.substr(4) == name(simulated)) {
            if (simulated != role)
                return core::fail(fmt::format("{} cannot stand for the {}", spec, name(role)));
            return make_simulated(role, profile, options, false);
        }
    if (!spec.starts_with("pcsc:"))
        return core::fail(
            fmt::format("'{}' is no device: known are sim:card, sim:psam, sim:isam, sim:blank, pcsc:NAME, "
                        "pcsc:atr=HEX, pcsc:asn=HEX",
                        spec));
    if (!options.deviation.empty())
        return core::fail(
            fmt::format("{} is not simulated here: a deviation can be given to sim: devices alone", spec));
    if (!options.state.empty())
        return core::fail(fmt::format("{} is not simulated here: it keeps its state by itself", spec));
    return connect_pcsc(spec.substr(5), options.lab);
}

} // namespace tongka::harness
