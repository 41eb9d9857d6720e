#include "simulator/virtual_reader/card_side.hpp"

#include <array>

#include "simulator/virtual_reader/frame.hpp"

namespace tongka::simulator {

namespace {

constexpr std::array<core::Byte, 2> reader_get_data{0xFF, 0xCA};

bool is_for_reader(core::BytesView command) {
    return command.size() >= 4 && core::equal(command.first(2), reader_get_data);
}

} // namespace

CardSide::Reaction CardSide::react(core::BytesView content) {
    using Kind = Reaction::Kind;
    if (content.size() == 1) {
        switch (static_cast<Control>(content[0])) {
        case Control::off:
            chip_.power_off();
            return {Kind::nothing, {}};
        case Control::on:
            chip_.power_on();
            return {Kind::nothing, {}};
        case Control::reset:
            chip_.reset();
            return {Kind::nothing, {}};
        case Control::answer_to_reset:
            return {Kind::answer, chip_.answer_to_reset()};
        }
    }
    auto answer = is_for_reader(content) ? get_data(content) : chip_.exchange(content);
    return answer.empty() ? Reaction{Kind::gone, {}} : Reaction{Kind::answer, answer};
}

core::BytesView CardSide::get_data(core::BytesView command) {
    auto uid = chip_.uid();
    bool wants_uid = command[2] == 0x00 && command[3] == 0x00;
    if (command.size() != 5)
        answer_ = {0x67, 0x00};
    else if (!wants_uid || uid.empty())
        answer_ = {0x6A, 0x81};
    else if (std::size_t le = command[4]; le != 0 && le < uid.size())
        answer_ = {0x6C, static_cast<core::Byte>(uid.size())};
    else {
        answer_ = core::to_bytes(uid);
        bool too_long = le > uid.size();
        answer_.insert(answer_.end(), {static_cast<core::Byte>(too_long ? 0x62 : 0x90),
                                       static_cast<core::Byte>(too_long ? 0x82 : 0x00)});
    }
    return answer_;
}

} // namespace tongka::simulator
