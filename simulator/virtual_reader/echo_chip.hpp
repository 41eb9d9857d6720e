#pragma once

#include "core/bytes.hpp"
#include "simulator/chip/chip.hpp"

namespace tongka::simulator {

/// A contactless chip that gives one answer to everything: what a reader costs without a card behind it. It has no
/// memory; each command counts as one write, so that a cut of power can be tried on it.
class EchoChip final : public Chip {
public:
    /// As GET BALANCE of an empty purse, `00000000 9000`, unless told otherwise.
    EchoChip();
    explicit EchoChip(core::Bytes answer);

    core::BytesView power_on() override;
    core::BytesView reset() override;
    void power_off() override;
    [[nodiscard]] core::BytesView answer_to_reset() const override;
    [[nodiscard]] core::BytesView uid() const override;
    [[nodiscard]] core::BytesView exchange(core::BytesView command) override;
    void cut_power_at(std::optional<Cut> position) override;

private:
    core::Bytes answer_;
    std::optional<Cut> cut_;
    bool powered_ = false;
};

} // namespace tongka::simulator
