#pragma once

#include <optional>
#include <string>

#include <tl/expected.hpp>

#include "core/crypto/mac.hpp"
#include "core/rules.hpp"
#include "simulator/terminal/purchase.hpp"

namespace tongka::simulator {

/// An exchange that did not come to 9000.
struct StepFailure {
    std::string device;
    std::string what;                              ///< the command's name
    std::optional<std::uint16_t> status_word = {}; ///< none: no answer, or one of another length
    std::string reason = {};
    bool answered = false; ///< what came is no answer to this command where there is no status word

    [[nodiscard]] core::Error error() const;
};

template <typename T>
using StepResult = tl::expected<T, StepFailure>;

/// A command that must be answered with 9000, and `size` bytes where that is not 0.
[[nodiscard]] StepResult<core::Bytes> step(const Transmit& line, std::string_view device, std::string_view what,
                                           core::BytesView command, std::size_t size = 0);

/// File 0015 of a city card (standards.md 3.3).
struct CardData {
    std::array<core::Byte, 2> city{};
    std::array<core::Byte, 2> industry{};
    std::array<core::Byte, 2> interoperability{};
    std::array<core::Byte, 8> asn{};
    std::array<core::Byte, 4> start{};  ///< BCD YYYYMMDD
    std::array<core::Byte, 4> expiry{}; ///< BCD YYYYMMDD
    core::Byte enabled = 0;             ///< byte 8
    core::Byte version = 0;
    core::Byte main_type = 0;
    core::Byte sub_type = 0;
};

/// SELECT of the application and READ BINARY of file 0015.
[[nodiscard]] StepResult<CardData> read_card(const Transmit& card);

/// GET BALANCE of the EP, in fen.
[[nodiscard]] StepResult<std::uint32_t> read_balance(const Transmit& card);

/// What INITIALIZE FOR PURCHASE, or FOR CAPP PURCHASE (`form` 03), answers to a purchase of nothing: balance and
/// offline counter, for a terminal that has to know whether a debit was done.
struct PurseState {
    std::uint32_t balance = 0;
    std::uint16_t counter = 0;
};
[[nodiscard]] StepResult<PurseState> read_purse(const Transmit& card, const PurchaseRecord& record,
                                                const core::Rules& rules);

/// The steps of a simple or composite purchase from the EP, in the order of standards.md 7.1 and clauses.md J.3; each
/// is one or some exchanges. `record` fills as they go.
class PurchaseSteps {
public:
    enum class Form : std::uint8_t { simple, composite };

    /// The lines must outlive it.
    PurchaseSteps(const Transmit& card, const Transmit& psam, const CardData& data, const PurchaseRequest& request,
                  Form form = Form::simple);

    /// Terminal number and key index from the PSAM, and the card's identification code shown to it (80CA).
    [[nodiscard]] StepResult<void> show_code();
    /// INITIALIZE FOR PURCHASE, or FOR CAPP PURCHASE.
    [[nodiscard]] StepResult<void> initialize();
    /// INIT_SAM_FOR_PURCHASE: MAC1 and the PSAM's serial.
    [[nodiscard]] StepResult<void> ask_mac1();
    /// UPDATE CAPP DATA CACHE of a composite purchase.
    [[nodiscard]] StepResult<void> stage(core::BytesView command);
    /// DEBIT FOR PURCHASE: from here on the card may have paid.
    [[nodiscard]] StepResult<void> debit();
    /// CREDIT_SAM_FOR_PURCHASE: MAC2 is the card's.
    [[nodiscard]] StepResult<void> confirm();

    /// File 0017 of the PSAM has dates, and today lies outside of them; known once the code is shown.
    [[nodiscard]] bool psam_is_valid() const { return psam_is_valid_; }

    PurchaseRecord record;
    core::Rules rules = {};        ///< factor of the city, length of INITIALIZE's answer, P1 of the debit
    bool reads_psam_dates = false; ///< all of file 0017, not the key index alone
    bool shows_code = true;        ///< false: a fault of the terminal

private:
    const Transmit& card_;
    const Transmit& psam_;
    Form form_;
    core::Bytes begun_; ///< what INITIALIZE answered
    core::Mac mac1_{};
    bool psam_is_valid_ = true;
};

} // namespace tongka::simulator
