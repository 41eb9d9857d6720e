#pragma once

#include <functional>

#include "core/clock.hpp"
#include "core/crypto/cipher.hpp"
#include "core/random.hpp"
#include "core/rules.hpp"
#include "simulator/issuer/host/accounts.hpp"
#include "simulator/issuer/host/host_deviation.hpp"
#include "simulator/issuer/host/load_service.hpp"

namespace tongka::simulator {

/// The issuer's side of a load (圈存): checks MAC1, answers MAC2, checks the TAC, and keeps what it did in Accounts
/// (standards.md 5.2, 7.3, 7.6). The public sources settle the MACs and the TAC; how a host keeps its book and settles
/// a load that was cut off is our reading (inferred).
///
/// After a cut at any message: if the card took the load, its TAC books it; if it did not, the MAC1 of a new INITIALIZE
/// at the same online counter cancels it. Ask for the TAC first, since GET TRANSACTION PROVE may have nothing to tell
/// once another transaction begins (standards.md 7.6). Until one of the two is there the amount stays on hold and the
/// purse gets no other load.
///
/// Errors are of the book or of the key source; what a terminal or card does wrong is a Refusal. No key is in either.
class LoadHost final : public LoadService {
public:
    /// Keys of a card, derived: kind "DLK" with the index of the command, or "DTK" with index 00; in the version that
    /// INITIALIZE answered. That the DTK goes by the version of the DLK is inferred: nothing else in the messages tells
    /// it. An Error for a key that is not there; it must not show a key.
    using KeySource = std::function<core::Result<core::Key>(std::string_view kind, core::Byte index, core::Byte version,
                                                            const Asn& asn)>;

    /// `accounts`, `clock` and `random` must outlive the host. The clock's time is put into MAC2 as China Standard
    /// Time.
    LoadHost(Accounts& accounts, KeySource keys, core::Rules rules, const core::Clock& clock, core::Random& random,
             HostDeviations deviations = {})
        : accounts_(accounts), keys_(std::move(keys)), rules_(std::move(rules)), clock_(clock), random_(random),
          deviations_(deviations) {}

    /// A wrong MAC1 is counted on the card's entry.
    [[nodiscard]] core::Result<Decision<Authorisation>> authorise(const LoadRequest& request) override;

    [[nodiscard]] core::Result<Decision<LoadState>> confirm(const LoadName& name, const core::Mac& tac,
                                                            std::uint32_t new_balance) override;

    [[nodiscard]] core::Result<std::optional<OpenLoad>> open_load(const Asn& asn, core::Byte type) override;

    /// A right TAC books the load. A right MAC1
    /// over the challenge, at the load's online counter and with a balance that is not higher than then (purchases may
    /// have lowered it: inferred), cancels it: the counter would be one more had the card taken the load, and the new
    /// INITIALIZE has put an end to the one that MAC2 was made for. All else leaves it as it is; a wrong TAC too, which
    /// may be that of a load by someone else.
    [[nodiscard]] core::Result<Decision<LoadState>> resolve(const LoadName& name, const Evidence& evidence) override;

private:
    /// The session key of the load, once MAC1 has shown that the card made the request.
    [[nodiscard]] core::Result<Decision<core::Cipher>> session(const LoadRequest& request);
    [[nodiscard]] core::Result<bool> tac_is_right(const Load& load, const core::Mac& tac,
                                                  std::uint32_t new_balance) const;
    /// Whether the card can have had this balance after the load.
    [[nodiscard]] bool balance_fits(const Load& load, std::uint32_t new_balance) const;
    [[nodiscard]] core::Result<core::Key> key(std::string_view kind, core::Byte index, core::Byte version,
                                              const Asn& asn) const;

    [[nodiscard]] core::Result<Decision<LoadState>> resolve_by(const Load& load, const TacEvidence& evidence);
    [[nodiscard]] core::Result<Decision<LoadState>> resolve_by(const Load& load, const InitializeEvidence& evidence);

    Accounts& accounts_;
    KeySource keys_;
    core::Rules rules_;
    const core::Clock& clock_;
    core::Random& random_;
    HostDeviations deviations_;
};

} // namespace tongka::simulator
