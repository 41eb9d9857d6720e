#pragma once

#include <functional>

#include "core/clock.hpp"
#include "core/profile/profile.hpp"
#include "core/random.hpp"
#include "harness/language/lookup.hpp"
#include "harness/plan/declaration.hpp"

namespace tongka::harness {

/// What cases may ask for: the profile's keys, numbers and rules, the declaration's values, clock and random numbers.
/// All that it is given must outlive it.
class RunLookup final : public Lookup {
public:
    RunLookup(const core::Profile& profile, const Declaration& declaration, const core::Clock& clock,
              core::Random& random)
        : profile_(profile), declaration_(declaration), clock_(clock), random_(random) {}

    core::Result<core::Bytes> given(std::string_view name) override;
    core::Result<std::string> rule(std::string_view name) override;
    core::Result<core::Key> key(std::string_view name, std::optional<core::Byte> index) override;
    core::Result<core::Key> master(std::string_view name, core::Byte index) override;
    core::Result<core::Key> isam_key(std::string_view name, core::Byte index) override;
    core::Result<std::chrono::microseconds> limit(std::string_view name) override;
    core::Result<core::Bytes> random(std::size_t count) override;

private:
    const core::Profile& profile_;
    const Declaration& declaration_;
    const core::Clock& clock_;
    core::Random& random_;
};

} // namespace tongka::harness
