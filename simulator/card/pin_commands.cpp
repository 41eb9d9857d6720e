#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/chip/pin.hpp"

// CHANGE PIN and RELOAD PIN: one instruction byte, told apart by P1 (standards.md 4.1, 5.1).
namespace tongka::simulator {
namespace {

constexpr std::size_t mac_size = 4;

constexpr Reason no_pin{0x9403, "there is no PIN with this identifier here", "standards.md 4.1"};
constexpr Reason no_key{0x9403, "there is no key for reloading in the current directory", "standards.md 4.1"};
constexpr Reason not_a_pin{0x6A80, "what stands before the MAC is no PIN of two bytes", "standards.md 4.1"};
constexpr Reason wrong_pin{0x63C0, "the old PIN is wrong; SW2 tells the tries left", "standards.md 4.1"};
constexpr Reason no_separator{0x6A80, "the data is not old PIN, FF, new PIN", "standards.md 4.1"};
constexpr Reason wrong_mac{0x9302, "the MAC over the PIN is wrong", "standards.md 4.1"};
constexpr Reason reload_blocked{0x6983, "the key for reloading has no tries left", "standards.md 4.1"};
constexpr const Reason* change_reasons[] = {&common::wrong_lc, &no_pin,    &common::no_right,      &common::key_blocked,
                                            &no_separator,     &wrong_pin, &common::memory_failure};
constexpr const Reason* reload_reasons[] = {&common::wrong_lc, &no_pin,         &no_key,    &not_a_pin,
                                            &common::no_right, &reload_blocked, &wrong_mac, &common::memory_failure};

/// The PIN in one transaction with its tries.
bool store_pin(Card& card, const StoredKey& pin, core::BytesView value, core::Byte tries) {
    Transaction transaction(card.memory());
    set_key_value(transaction, pin, filled_pin(value, pin.value.size()));
    set_tries(transaction, pin, tries);
    return transaction.commit();
}

/// Data: old PIN, FF, new PIN. The first FF that leaves room for both parts parts them.
Reply change(Card& card, const core::Command& command, core::Bytes&) {
    const auto data = command.data;
    if (data.size() < 2 * shortest_pin + 1 || data.size() > 2 * longest_pin + 1)
        return refuse(common::wrong_lc);
    const auto pin = card.key(KeyType::pin, command.p2);
    if (!pin)
        return refuse(no_pin);
    if (!card.allows(pin->use))
        return refuse(common::no_right);
    if (pin->tries_left == 0)
        return refuse(common::key_blocked);
    const auto separator = static_cast<std::size_t>(std::ranges::find(data, pin_filler) - data.begin());
    if (separator == data.size() || !is_pin(data.first(separator)) || !is_pin(data.subspan(separator + 1)))
        return refuse(no_separator);
    const auto left = compare_pin(card, *pin, data.first(separator));
    if (!left)
        return refuse(common::memory_failure);
    if (*left != right_pin && !card.deviates(Deviation::pin_change_unchecked))
        return refuse(wrong_pin, *left);
    const bool stored = store_pin(card, *pin, data.subspan(separator + 1), pin->most_tries());
    return stored ? success() : refuse(common::memory_failure);
}

/// Data: new PIN, MAC over it under the reload key, folded as for a TAC, from IV 0. The PIN gets its tries back.
Reply reload(Card& card, const core::Command& command, core::Bytes&) {
    const auto data = command.data;
    if (data.size() < shortest_pin + mac_size || data.size() > longest_pin + mac_size)
        return refuse(common::wrong_lc);
    const auto pin = card.key(KeyType::pin, command.p2);
    if (!pin)
        return refuse(no_pin);
    const auto key = card.key(KeyType::pin_reload, 0x00);
    if (!key)
        return refuse(no_key);
    if (!card.allows(key->use))
        return refuse(common::no_right);
    if (key->tries_left == 0)
        return refuse(reload_blocked);
    const auto value = data.first(data.size() - mac_size);
    if (!card.take_try(*key))
        return refuse(common::memory_failure);
    const core::Cipher& folded = card.ciphers().of(core::tac_key(card.computing_key(*key)));
    if (!core::mac_equals(core::transaction_mac(folded, value), data.last(mac_size)) &&
        !card.deviates(Deviation::pin_reload_mac_unchecked))
        return refuse(wrong_mac);
    if (!is_pin(value))
        return refuse(not_a_pin);
    const auto tries = card.deviates(Deviation::pin_reload_keeps_tries) ? pin->tries_left : pin->most_tries();
    if (!card.give_tries_back(*key) || !store_pin(card, *pin, value, tries))
        return refuse(common::memory_failure);
    return success();
}

} // namespace

const Instruction change_pin{"CHANGE PIN", 0x80, 0x5E, 0x01, on<Card, change>, change_reasons};
const Instruction reload_pin{"RELOAD PIN", 0x80, 0x5E, 0x00, on<Card, reload>, reload_reasons};

} // namespace tongka::simulator
