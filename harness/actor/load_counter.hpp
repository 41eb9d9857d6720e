#pragma once

#include <memory>

#include "core/clock.hpp"
#include "core/profile/profile.hpp"
#include "core/random.hpp"
#include "harness/actor/work_folder.hpp"
#include "simulator/issuer/host/load_host.hpp"
#include "simulator/terminal/load.hpp"

namespace tongka::harness {

/// The issuer's host behind a terminal under test: a load host in this process with the keys of the profile, and an
/// account that pays for its card.
class LoadCounter {
public:
    [[nodiscard]] static core::Result<std::unique_ptr<LoadCounter>> open(const core::Profile& profile,
                                                                         std::uint64_t seed);
    LoadCounter(const LoadCounter&) = delete;
    LoadCounter& operator=(const LoadCounter&) = delete;

    [[nodiscard]] simulator::LoadService& host() { return host_; }
    /// The key index is that of the profile's first DLK; the number is the terminal's own.
    [[nodiscard]] simulator::LoadTerminal terminal(const std::array<core::Byte, 6>& number) const {
        return {.number = number, .key_index = key_index_};
    }

private:
    LoadCounter(const core::Profile& profile, std::uint64_t seed, std::unique_ptr<WorkFolder> folder,
                simulator::Accounts accounts, core::Byte key_index);

    std::unique_ptr<WorkFolder> folder_;
    simulator::Accounts accounts_;
    core::SystemClock clock_;
    core::SeededRandom random_;
    simulator::LoadHost host_;
    core::Byte key_index_;
};

} // namespace tongka::harness
