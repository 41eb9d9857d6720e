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
    /// The same host over a line that loses its answers to requests for a load: it has put the amount on hold.
    [[nodiscard]] simulator::LoadService& unheard_host() { return unheard_; }
    /// The key index is that of the profile's first DLK; the number is the terminal's own.
    [[nodiscard]] simulator::LoadTerminal terminal(const std::array<core::Byte, 6>& number) const {
        return {.number = number, .key_index = key_index_};
    }

private:
    LoadCounter(const core::Profile& profile, std::uint64_t seed, std::unique_ptr<WorkFolder> folder,
                simulator::Accounts accounts, core::Byte key_index);

    class Unheard final : public simulator::LoadService {
    public:
        explicit Unheard(simulator::LoadService& host) : host_(host) {}
        core::Result<simulator::Decision<simulator::Authorisation>>
        authorise(const simulator::LoadRequest& request) override;
        core::Result<simulator::Decision<simulator::LoadState>>
        confirm(const simulator::LoadName& name, const core::Mac& tac, std::uint32_t new_balance) override;
        core::Result<std::optional<simulator::OpenLoad>> open_load(const simulator::Asn& asn, core::Byte type) override;
        core::Result<simulator::Decision<simulator::LoadState>> resolve(const simulator::LoadName& name,
                                                                        const simulator::Evidence& evidence) override;

    private:
        simulator::LoadService& host_;
    };

    std::unique_ptr<WorkFolder> folder_;
    simulator::Accounts accounts_;
    core::SystemClock clock_;
    core::SeededRandom random_;
    simulator::LoadHost host_;
    Unheard unheard_;
    core::Byte key_index_;
};

} // namespace tongka::harness
