#include "simulator/virtual_reader/echo_chip.hpp"

#include <array>

namespace tongka::simulator {

namespace {

// PC/SC part 3, 3.1.3.2.3.1: 3B 8n 80 01, n historical bytes ("ECHO"), and a check byte that makes the exclusive-or of
// all after the first byte zero.
constexpr std::array<core::Byte, 9> pseudo_atr{
    0x3B, 0x84, 0x80, 0x01, 'E', 'C', 'H', 'O', 0x84 ^ 0x80 ^ 0x01 ^ 'E' ^ 'C' ^ 'H' ^ 'O'};
constexpr std::array<core::Byte, 4> fixed_uid{'E', 'C', 'H', 'O'};

} // namespace

EchoChip::EchoChip() : EchoChip(core::Bytes{0x00, 0x00, 0x00, 0x00, 0x90, 0x00}) {}
EchoChip::EchoChip(core::Bytes answer) : answer_(std::move(answer)) {}

core::BytesView EchoChip::power_on() {
    return reset();
}

core::BytesView EchoChip::reset() {
    powered_ = true;
    return pseudo_atr;
}

void EchoChip::power_off() {
    powered_ = false;
}

core::BytesView EchoChip::answer_to_reset() const {
    return pseudo_atr;
}
core::BytesView EchoChip::uid() const {
    return fixed_uid;
}

core::BytesView EchoChip::exchange(core::BytesView) {
    if (cut_ && powered_ && cut_->writes-- == 0) {
        powered_ = false;
        cut_.reset();
    }
    return powered_ ? core::BytesView(answer_) : core::BytesView();
}

void EchoChip::cut_power_at(std::optional<Cut> position) {
    cut_ = position;
}

} // namespace tongka::simulator
