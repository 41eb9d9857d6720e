#include "simulator/card/grey_session.hpp"

namespace tongka::simulator {

core::Cipher grey_session(Card& card, const StoredKey& key, const Lock& lock) {
    std::array<core::Byte, 8> card_input{};
    std::ranges::copy(lock.random, card_input.begin());
    core::write_big_endian(std::span(card_input).subspan(4, 2), lock.counter);
    std::ranges::copy(lock.lock_terminal_serial, card_input.begin() + 6);
    std::array<core::Byte, 8> terminal_input{};
    std::ranges::copy(lock.terminal_random, terminal_input.begin());
    terminal_input[4] = 0x80;
    const core::Cipher& temporary = card.session(key, card_input);
    if (card.deviates(Deviation::lock_session_one_step))
        return core::session_key(card.cipher(key), card_input);
    return core::session_key(temporary, terminal_input);
}

} // namespace tongka::simulator
