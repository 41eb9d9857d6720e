#include "simulator/card/commands.hpp"
#include "simulator/chip/pin.hpp"
#include "simulator/chip/secure_messaging.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte secure_class = 0x84;
constexpr std::size_t cryptogram_sizes[] = {8, 16};

constexpr Reason no_pin{0x9403, "there is no PIN with this identifier here", "standards.md 4.1"};
constexpr Reason no_key{0x9403, "there is no unblocking key with this identifier here", "standards.md 4.1"};
constexpr Reason not_a_pin{0x6988, "the deciphered data is not a PIN", "standards.md 5.1"};
constexpr const Reason* reasons[] = {
    &common::wrong_parameters, &common::wrong_lc, &no_pin, &no_key, &common::no_right, &not_a_pin,
    &common::memory_failure};

/// The PIN enciphered, and a MAC, under one key; the tries of the PIN start anew. The key has the identifier of the PIN
/// (inferred), which stands in P1 or P2 by the rule pin-unblock-parameters. The PIN that was sent is stored in place of
/// the old one: no status word of the command tells a PIN that differs (standards.md 4.1, 5.1; inferred).
Reply execute(Card& card, const core::Command& command, core::Bytes&) {
    const bool in_p1 = card.rule(core::Rule::pin_unblock_parameters, "p1");
    const core::Byte id = in_p1 ? command.p1 : command.p2;
    if ((in_p1 ? command.p2 : command.p1) != 0)
        return refuse(common::wrong_parameters);
    const auto pin = card.key(KeyType::pin, id);
    if (!pin)
        return refuse(no_pin);
    const auto type = card.rule(core::Rule::pin_unblock_key, "37") ? KeyType::pin_unblock : KeyType::maintenance;
    const auto key = card.key(type, id);
    if (!key)
        return refuse(no_key);
    if (command.data.size() >= mac_size && !std::ranges::count(cryptogram_sizes, command.data.size() - mac_size))
        return refuse(common::wrong_lc);
    if (!card.allows(key->use))
        return refuse(common::no_right);
    const auto sent = open_command(card, command, *key, Protection::cipher);
    if (!sent)
        return sent.error();
    if (!is_pin(*sent))
        return refuse(not_a_pin);
    Transaction transaction(card.memory());
    set_key_value(transaction, *pin, filled_pin(*sent, pin->value.size()));
    if (!card.deviates(Deviation::pin_unblock_keeps_tries))
        set_tries(transaction, *pin, pin->most_tries());
    return transaction.commit() ? success() : refuse(common::memory_failure);
}

} // namespace

const Instruction pin_unblock{"PIN UNBLOCK", secure_class, 0x24, {}, on<Card, execute>, reasons, true};

} // namespace tongka::simulator
