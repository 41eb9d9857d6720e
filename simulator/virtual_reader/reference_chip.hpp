#pragma once

#include <chrono>
#include <functional>
#include <memory>

#include "core/bytes.hpp"
#include "simulator/chip/chip.hpp"
#include "simulator/chip/transport.hpp"

namespace tongka::simulator {

/// The card that readers are tried with: its answers show what the reader made of a command. docs/reader.md describes
/// its commands byte by byte, so that a real card can be given them.
class ReferenceChip final : public Chip, private Executor {
public:
    enum class Interface { t0, t1, contactless, t0_and_t1 };
    /// Lets time pass where the card is slow.
    using Wait = std::function<void(std::chrono::milliseconds)>;

    /// Without `wait` the thread that exchanges sleeps.
    explicit ReferenceChip(Interface interface, Wait wait = {});

    /// What a reader chooses by PPS on a card that offers both; a reset makes it T=0 again.
    void speak_t1();

    core::BytesView power_on() override;
    core::BytesView reset() override;
    void power_off() override;
    [[nodiscard]] core::BytesView answer_to_reset() const override { return answer_to_reset_; }
    [[nodiscard]] core::BytesView uid() const override;
    [[nodiscard]] core::BytesView exchange(core::BytesView command) override;
    void cut_power_at(std::optional<Cut> position) override { cut_ = position; }

private:
    /// What the reset before was, as the card tells it.
    enum class ResetKind : core::Byte { cold = 0x01, warm = 0x02 };

    Reply execute(const core::Command& command, core::Bytes& answer) override;
    void start(ResetKind kind);
    void remember(const core::Command& command);
    void tell_last(core::Bytes& answer) const;
    void tell_state(core::Bytes& answer) const;

    Interface interface_;
    Wait wait_;
    core::Bytes answer_to_reset_;
    std::unique_ptr<Transport> transport_;
    bool over_t0_ = false;
    std::optional<Cut> cut_;
    bool powered_ = false;

    ResetKind last_reset_ = ResetKind::cold;
    std::uint16_t resets_ = 0; ///< since it was made
    core::Byte volatile_ = 0;  ///< what every reset clears
    std::uint16_t commands_ = 0;
    core::Bytes last_; ///< what `tell` answers behind the count
};

} // namespace tongka::simulator
