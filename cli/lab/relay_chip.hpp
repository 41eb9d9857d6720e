#pragma once

#include <memory>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "simulator/chip/chip.hpp"
#include "simulator/chip/smart_card.hpp"
#include "simulator/virtual_reader/descriptor.hpp"

namespace tongka::cli {

/// A chip in a virtual reader whose answers come from another process. Between the two is a socket that keeps messages
/// apart (SOCK_SEQPACKET): the chip sends a RelayMessage, and to a command the other side answers with one.
class RelayChip final : public simulator::Chip, private simulator::Executor {
public:
    /// As `model` shows itself to a reader; the model is asked for nothing else.
    RelayChip(const simulator::SmartCard& model, simulator::Descriptor socket);

    core::BytesView power_on() override;
    core::BytesView reset() override;
    void power_off() override { powered_ = false; }
    [[nodiscard]] core::BytesView answer_to_reset() const override { return appearance_.answer_to_reset; }
    [[nodiscard]] core::BytesView uid() const override { return appearance_.uid; }
    [[nodiscard]] core::BytesView exchange(core::BytesView command) override;
    void cut_power_at(std::optional<Cut>) override {}

private:
    simulator::Reply execute(const core::Command& command, core::Bytes& answer) override;

    simulator::Appearance appearance_;
    std::unique_ptr<simulator::Transport> transport_;
    simulator::Descriptor socket_;
    bool powered_ = false;
};

/// The first byte of a message, which says what it is.
enum class RelayMessage : char {
    reset = 'R',   ///< the chip got power, or a reset
    command = 'C', ///< an APDU follows, and an answer is waited for
    answer = 'A',  ///< data and status word follow
    gone = 'G',    ///< in place of an answer: the card has left the reader
};

/// Both ends of such a socket: the chip's, and one that a program started by this one inherits.
struct RelayPair {
    simulator::Descriptor chip;
    simulator::Descriptor peer;
};
[[nodiscard]] core::Result<RelayPair> make_relay();

} // namespace tongka::cli
