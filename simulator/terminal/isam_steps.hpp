#pragma once

#include "simulator/terminal/purchase_steps.hpp"

namespace tongka::simulator {

/// VERIFY of the PIN as the card has it; nothing is sent where it is empty.
[[nodiscard]] StepResult<void> verify_pin(const Transmit& card, core::BytesView pin);

/// What a terminal reads of its load SAM when it is switched on, before the log-in, which a SELECT would end
/// (clauses.md E: SAM start-up).
struct LoadSam {
    std::array<core::Byte, 6> terminal{};
    std::array<core::Byte, 10> serial{};
    core::Byte key_index = 0; ///< of the card's key to load with (file 0017)
};
[[nodiscard]] StepResult<LoadSam> read_load_sam(const Transmit& isam);

/// The steps of a load of the EP with a load SAM instead of a host (clauses.md E). `record` fills as they go: its
/// counter is the online one.
class IsamSteps {
public:
    /// The lines must outlive it.
    IsamSteps(const Transmit& card, const Transmit& isam, const LoadSam& sam, const CardData& data,
              std::uint32_t amount, const std::array<core::Byte, 7>& date_time);

    /// VERIFY, where the PIN is not empty.
    [[nodiscard]] StepResult<void> verify(core::BytesView pin);
    /// INITIALIZE FOR LOAD.
    [[nodiscard]] StepResult<void> initialize();
    /// The ISAM's MAC1 over what the card answered; false where the card's is another.
    [[nodiscard]] StepResult<bool> check_mac1();
    /// MAC2: from here on the limit of the log-in is less by the amount.
    [[nodiscard]] StepResult<void> ask_mac2();
    /// CREDIT FOR LOAD: from here on the card may have the money.
    [[nodiscard]] StepResult<void> credit();
    /// APPEND RECORD to file 001A, where the terminal keeps the card's log of loads (rule load-log).
    [[nodiscard]] StepResult<void> append_log();

    PurchaseRecord record;

private:
    [[nodiscard]] StepResult<core::Bytes> mac(std::string_view what, core::BytesView data);

    const Transmit& card_;
    const Transmit& isam_;
    core::Bytes begun_; ///< what INITIALIZE answered
};

/// What INITIALIZE FOR LOAD of nothing answers: the online counter, for a terminal that has to know whether a credit
/// was done; behind VERIFY where the PIN is not empty.
[[nodiscard]] StepResult<std::uint16_t> read_online_counter(const Transmit& card, const PurchaseRecord& record,
                                                            core::BytesView pin);

} // namespace tongka::simulator
