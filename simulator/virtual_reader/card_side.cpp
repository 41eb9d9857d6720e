#include "simulator/virtual_reader/card_side.hpp"

#include <array>
#include <utility>

namespace tongka::simulator {

namespace {

constexpr std::array<core::Byte, 2> reader_get_data{0xFF, 0xCA};

bool is_for_reader(core::BytesView command) {
    return command.size() >= 4 && core::equal(command.first(2), reader_get_data);
}

} // namespace

CardSide::Reaction CardSide::react(core::BytesView content) {
    if (auto before = std::exchange(waiting_, {}))
        obey(*before);
    if (content.size() == 1) {
        switch (auto control = static_cast<Control>(content[0])) {
        case Control::off:
        case Control::on:
        case Control::reset:
            waiting_ = control;
            return {Reaction::Kind::nothing, {}};
        case Control::answer_to_reset:
            return {Reaction::Kind::answer, chip_.answer_to_reset()};
        }
    }
    return exchange(content);
}

CardSide::Reaction CardSide::react_to_silence() {
    auto command = static_cast<core::Byte>(*std::exchange(waiting_, {}));
    return exchange(core::BytesView(&command, 1));
}

CardSide::Reaction CardSide::exchange(core::BytesView command) {
    auto answer = is_for_reader(command) ? get_data(command) : chip_.exchange(command);
    return {answer.empty() ? Reaction::Kind::gone : Reaction::Kind::answer, answer};
}

void CardSide::obey(Control control) {
    if (control == Control::off)
        chip_.power_off();
    else if (control == Control::on)
        chip_.power_on();
    else
        chip_.reset();
}

core::BytesView CardSide::get_data(core::BytesView command) {
    // P1 00: the UID; 01: the historical bytes of the ATS, which the pseudo-ATR holds between its head of four and its
    // check byte.
    const auto uid = chip_.uid();
    const bool has_ats = !uid.empty();
    const auto atr = chip_.answer_to_reset();
    const auto asked = command[2] == 0x00 || !has_ats ? uid : atr.subspan(4, atr[1] & 0x0FU);
    if (command.size() != 5)
        answer_ = {0x67, 0x00};
    else if (command[2] > 0x01 || command[3] != 0x00 || !has_ats)
        answer_ = {0x6A, 0x81};
    else if (const std::size_t le = command[4]; le != 0 && le < asked.size())
        answer_ = {0x6C, static_cast<core::Byte>(asked.size())};
    else {
        answer_ = core::to_bytes(asked);
        const bool too_long = le > asked.size();
        answer_.insert(answer_.end(), {static_cast<core::Byte>(too_long ? 0x62 : 0x90),
                                       static_cast<core::Byte>(too_long ? 0x82 : 0x00)});
    }
    return answer_;
}

} // namespace tongka::simulator
