#pragma once

#include "simulator/issuer/host/load.hpp"

namespace tongka::simulator {

/// What INITIALIZE FOR LOAD answers (standards.md 4.2).
struct InitializeAnswer {
    static constexpr std::size_t size = 16;

    std::uint32_t old_balance = 0;
    std::uint16_t counter = 0; ///< online counter
    core::Byte key_version = 0;
    core::Byte algorithm = 0;
    std::array<core::Byte, 4> random{};
    core::Mac mac1{};

    /// `data` is the answer without its status word; an Error unless it has 16 bytes.
    [[nodiscard]] static core::Result<InitializeAnswer> parse(core::BytesView data);
};

/// What a terminal sends to the host after INITIALIZE FOR LOAD.
struct LoadRequest {
    Asn asn{};
    std::array<core::Byte, 2> city{};
    core::Byte type = 0;                  ///< TTI: 01 ED, 02 EP
    core::Byte key_index = 0;             ///< of the DLK, as in the command
    std::uint32_t amount = 0;             ///< in fen, as in the command
    std::array<core::Byte, 6> terminal{}; ///< as in the command
    InitializeAnswer answer;
};

/// What the terminal puts into CREDIT FOR LOAD: date, time, MAC2.
struct Authorisation {
    std::array<core::Byte, 7> date_time{};
    core::Mac mac2{};
    bool operator==(const Authorisation&) const = default;
};

/// A load that waits for evidence, and how to ask the card for it.
struct OpenLoad {
    std::uint16_t counter = 0;       ///< names the load in confirm() and resolve()
    std::uint16_t prove_counter = 0; ///< what GET TRANSACTION PROVE takes (rule prove-counter)
    std::uint32_t amount = 0;
    /// The terminal number for the INITIALIZE FOR LOAD of InitializeEvidence: a random number made after the one that
    /// the load began with, so that no MAC1 of before can stand for it.
    std::array<core::Byte, 6> challenge{};
};

/// The TAC of the load, as GET TRANSACTION PROVE gave it.
struct TacEvidence {
    core::Mac tac{};
};

/// A new INITIALIZE FOR LOAD of the same purse, any amount, with OpenLoad::challenge for its terminal number.
struct InitializeEvidence {
    core::Byte key_index = 0;
    std::uint32_t amount = 0;
    InitializeAnswer answer;
};

using Evidence = std::variant<TacEvidence, InitializeEvidence>;

/// The issuer's side of a load as a terminal sees it: the load host itself, or a line to it. After an Error the
/// terminal does not know what the host did; open_load() tells.
class LoadService {
public:
    virtual ~LoadService() = default;

    /// Puts the amount on hold, then answers. The same request again, as long as the load is open, gives the same
    /// answer and holds nothing more.
    [[nodiscard]] virtual core::Result<Decision<Authorisation>> authorise(const LoadRequest& request) = 0;

    /// The TAC that CREDIT FOR LOAD answered, and the balance after it. The right TAC books the load, and again changes
    /// nothing; a wrong one makes an authorised load disputed. The state it is in now.
    [[nodiscard]] virtual core::Result<Decision<LoadState>> confirm(const LoadName& name, const core::Mac& tac,
                                                                    std::uint32_t new_balance) = 0;

    /// The load of the purse that waits for evidence, if there is one.
    [[nodiscard]] virtual core::Result<std::optional<OpenLoad>> open_load(const Asn& asn, core::Byte type) = 0;

    /// Settles an open load by what the card itself says; the state it is in now.
    [[nodiscard]] virtual core::Result<Decision<LoadState>> resolve(const LoadName& name, const Evidence& evidence) = 0;
};

} // namespace tongka::simulator
