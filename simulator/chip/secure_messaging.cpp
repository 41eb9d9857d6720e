#include "simulator/chip/secure_messaging.hpp"

#include "core/crypto/derivation.hpp"
#include "core/crypto/secure_messaging.hpp"

namespace tongka::simulator {
namespace {

constexpr const Reason* reasons[] = {&secure::missing,          &secure::missing_class, &secure::not_asked_for,
                                     &secure::mac_missing,      &secure::no_challenge,  &secure::wrong_mac,
                                     &secure::wrong_cryptogram, &common::key_blocked,   &common::no_such_key,
                                     &common::memory_failure};

/// Whether a device takes a MAC: the right one, or what its deviation lets through.
bool is_taken(SmartCard& card, const StoredKey& key, core::BytesView head, core::BytesView data, core::BytesView mac) {
    const core::Mac right = message_mac(card, key, {head, data});
    if (core::mac_equals(right, mac) || card.deviates(Deviation::message_mac_unchecked))
        return true;
    if (card.deviates(Deviation::message_mac_half_compared))
        return core::equal(core::BytesView(right).first(2), mac.first(2));
    if (card.deviates(Deviation::message_mac_without_header))
        return core::mac_equals(message_mac(card, key, {data}), mac);
    constexpr std::array<core::Byte, 8> zeros{};
    return card.deviates(Deviation::message_mac_from_zero) &&
           core::mac_equals(core::secure_messaging_mac(card.cipher(key), zeros, {head, data}), mac);
}

} // namespace

core::Mac message_mac(SmartCard& card, const StoredKey& key, std::initializer_list<core::BytesView> pieces) {
    auto challenge = card.challenge();
    if (card.deviates(Deviation::challenge_cut))
        challenge = challenge.first(4);
    const core::Cipher& cipher = card.cipher(key);
    if (cipher.algorithm() != core::Algorithm::triple_des || card.rule(core::Rule::secure_messaging_mac, "retail"))
        return core::secure_messaging_mac(cipher, challenge, pieces);
    std::array<core::Byte, 8> input{};
    std::ranges::copy(challenge, input.begin());
    return core::secure_messaging_mac(core::session_key(cipher, input), challenge, pieces);
}

tl::expected<core::Bytes, Reply> open_command(SmartCard& card, const core::Command& command, const StoredKey& key,
                                              Protection protection, const Reason& when_wrong) {
    if (command.data.size() < mac_size)
        return tl::unexpected(refuse(secure::mac_missing));
    if (card.challenge().empty())
        return tl::unexpected(refuse(secure::no_challenge));
    if (key.tries_left == 0)
        return tl::unexpected(refuse(common::key_blocked));
    const auto data = command.data.first(command.data.size() - mac_size);
    const core::Byte head[] = {command.cla, command.ins, command.p1, command.p2,
                               static_cast<core::Byte>(command.data.size())};
    if (!card.take_try(key))
        return tl::unexpected(refuse(common::memory_failure));
    if (!is_taken(card, key, head, data, command.data.last(mac_size)))
        return tl::unexpected(refuse(when_wrong));
    if (!card.deviates(Deviation::message_tries_not_reset) && !card.give_tries_back(key))
        return tl::unexpected(refuse(common::memory_failure));
    if (protection != Protection::cipher)
        return core::to_bytes(data);
    auto plain = core::secure_messaging_decrypt(card.cipher(key), data);
    if (!plain)
        return tl::unexpected(refuse(secure::wrong_cryptogram));
    return std::move(*plain);
}

void protect_answer(SmartCard& card, const StoredKey& key, Protection protection, core::Bytes& answer) {
    if (protection == Protection::cipher)
        answer = core::secure_messaging_encrypt(card.cipher(key), answer,
                                                card.rule(core::Rule::encryption_padding, "always")
                                                    ? core::EncryptionPadding::always
                                                    : core::EncryptionPadding::when_needed)
                     .value();
    if (!card.deviates(Deviation::protected_answer_without_mac))
        core::append(answer, message_mac(card, key, {answer}));
}

std::span<const Reason* const> secure_messaging_reasons() {
    return reasons;
}

} // namespace tongka::simulator
