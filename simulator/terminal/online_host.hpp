#pragma once

#include "simulator/issuer/host/load_service.hpp"
#include "simulator/terminal/online_line.hpp"

namespace tongka::simulator {

/// The load host at the other end of a line. An Error says that no answer came, or that the message itself was refused;
/// what the host did then, its open_load() tells the next time.
class OnlineHost final : public LoadService {
public:
    /// `line` must outlive it.
    explicit OnlineHost(OnlineLine& line) : line_(line) {}

    /// An Error, too, where the host authorised another amount than it was asked for.
    [[nodiscard]] core::Result<Decision<Authorisation>> authorise(const LoadRequest& request) override;
    [[nodiscard]] core::Result<Decision<LoadState>> confirm(const LoadName& name, const core::Mac& tac,
                                                            std::uint32_t new_balance) override;
    [[nodiscard]] core::Result<std::optional<OpenLoad>> open_load(const Asn& asn, core::Byte type) override;
    [[nodiscard]] core::Result<Decision<LoadState>> resolve(const LoadName& name, const Evidence& evidence) override;

private:
    /// The reply's fields, or a refusal of the load host.
    [[nodiscard]] core::Result<Decision<core::message::Values>> ask(std::uint16_t code,
                                                                    const core::message::Values& values);
    [[nodiscard]] core::Result<Decision<LoadState>> ask_state(std::uint16_t code, const core::message::Values& values);

    OnlineLine& line_;
};

} // namespace tongka::simulator
