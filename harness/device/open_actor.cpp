#include "harness/device/open_actor.hpp"

#include <span>

#include <fmt/format.h>

#include "harness/actor/file_actor.hpp"
#include "harness/actor/host_actor.hpp"
#include "harness/actor/reader_actor.hpp"
#include "harness/actor/terminal_actor.hpp"
#include "harness/device/pcsc.hpp"

namespace tongka::harness {
namespace {

/// One way to name an actor.
struct Form {
    Role role;
    std::string_view text; ///< as it is told: "sim:terminal", "PATH"
    bool (*fits)(std::string_view spec);
    core::Result<std::unique_ptr<Actor>> (*open)(std::string_view spec, const core::Profile& profile,
                                                 const OpenOptions& options);
};

constexpr std::string_view simulated_file = "sim:file";

constexpr std::string_view simulated_host = "sim:host";
constexpr std::string_view simulated_reader = "sim:reader";
constexpr std::string_view simulated_terminal = "sim:terminal";

constexpr Form table[] = {
    {Role::terminal, simulated_terminal, [](std::string_view spec) { return spec == simulated_terminal; },
     [](std::string_view, const core::Profile& profile, const OpenOptions& options) {
         return simulate_terminal(profile, options);
     }},
    {Role::host, simulated_host, [](std::string_view spec) { return spec == simulated_host; },
     [](std::string_view, const core::Profile& profile, const OpenOptions& options) {
         return simulate_host(profile, options);
     }},
    {Role::reader, simulated_reader, [](std::string_view spec) { return spec == simulated_reader; },
     [](std::string_view, const core::Profile&, const OpenOptions& options) { return simulate_reader(options); }},
    {Role::reader, "pcsc:NAME", [](std::string_view spec) { return spec.starts_with("pcsc:"); },
     [](std::string_view spec, const core::Profile&,
        const OpenOptions& options) -> core::Result<std::unique_ptr<Actor>> {
         TONGKA_TRY(const auto reader, find_reader(spec.substr(spec.find(':') + 1)));
         return open_reader(spec, reader, options);
     }},
    {Role::file, simulated_file, [](std::string_view spec) { return spec == simulated_file; },
     [](std::string_view, const core::Profile&, const OpenOptions& options) { return simulate_files(options); }},
    {Role::file, "PATH", [](std::string_view spec) { return !spec.starts_with("sim:"); },
     [](std::string_view spec, const core::Profile&, const OpenOptions& options) {
         return open_files(std::string(spec), options);
     }},
};

/// The first that fits is taken.
std::span<const Form> forms() {
    return table;
}

} // namespace

core::Result<std::unique_ptr<Actor>> open_actor(std::string_view spec, Role role, const core::Profile& profile,
                                                const OpenOptions& options) {
    for (const auto& form : forms())
        if (form.role == role && form.fits(spec))
            return form.open(spec, profile, options);
    const auto known = actor_forms(role);
    if (known.empty())
        return core::fail(
            fmt::format("'{}' is no {}: nothing is known yet that could stand for one", spec, name(role)));
    return core::fail(fmt::format("'{}' is no {}: known are {}", spec, name(role), known));
}

std::string actor_forms(Role role) {
    std::string text;
    for (const auto& form : forms())
        if (form.role == role)
            text += fmt::format("{}{}", text.empty() ? "" : ", ", form.text);
    return text;
}

} // namespace tongka::harness
