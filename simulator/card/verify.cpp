#include "simulator/card/commands.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte pin_id = 0x00;
constexpr core::Byte filler = 0xFF;
constexpr std::size_t shortest = 2; // standards.md 4.1
constexpr std::size_t longest = 6;

constexpr Reason no_pin{0x6A88, "there is no PIN with this identifier here", "standards.md 4.1"};
constexpr Reason blocked{0x6983, "the PIN has no tries left", "standards.md 4.1"};
constexpr Reason wrong_pin{0x63C0, "the PIN is wrong; SW2 tells the tries left", "standards.md 4.1"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &no_pin, &blocked, &wrong_pin};

/// Trailing FF bytes do not count (standards.md 4.1).
core::BytesView without_filler(core::BytesView pin) {
    while (!pin.empty() && pin.back() == filler)
        pin = pin.first(pin.size() - 1);
    return pin;
}

Reply execute(Card& card, const core::Command& command, core::Bytes&) {
    if (command.p1 != 0)
        return refuse(common::wrong_parameters);
    if (command.data.size() < shortest || command.data.size() > longest)
        return refuse(common::wrong_lc);
    if (command.p2 != pin_id || !card.electronic_purse())
        return refuse(no_pin);
    auto& pin = card.pin();
    Memory& memory = card.memory();
    const auto state = memory.read(pin.at, 3);
    const core::Byte tries = state[1];
    const auto stored = memory.read(pin.at + 3, state[2]);
    if (state[0] == 0)
        return refuse(blocked);

    // The try is taken before the comparison: a power cut in between must not give it back.
    const core::Byte left = card.deviates(Deviation::pin_tries_not_counted) ? state[0] : state[0] - 1;
    const auto store_tries = [&](core::Byte value) {
        Transaction transaction(memory);
        transaction.write(pin.at, {&value, 1});
        transaction.commit();
    };
    store_tries(left);
    pin.verified = core::equal(without_filler(command.data), without_filler(stored));
    if (!pin.verified)
        return refuse(wrong_pin, left);
    store_tries(tries);
    return success();
}

} // namespace

const Instruction<Card> verify{"VERIFY", 0x00, 0x20, {}, execute, reasons};

} // namespace tongka::simulator
