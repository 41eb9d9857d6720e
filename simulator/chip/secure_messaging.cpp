#include "simulator/chip/secure_messaging.hpp"

#include "core/crypto/derivation.hpp"
#include "core/crypto/secure_messaging.hpp"

namespace tongka::simulator {
namespace {

constexpr const Reason* reasons[] = {&secure::missing,          &secure::missing_class, &secure::not_asked_for,
                                     &secure::mac_missing,      &secure::no_challenge,  &secure::wrong_mac,
                                     &secure::wrong_cryptogram, &common::key_blocked,   &common::no_such_key,
                                     &common::memory_failure};

} // namespace

core::Mac message_mac(SmartCard& card, const StoredKey& key, std::initializer_list<core::BytesView> pieces) {
    const auto challenge = card.challenge();
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
    const core::Mac mac = message_mac(card, key, {head, data});
    if (!core::mac_equals(mac, command.data.last(mac_size)) && !card.deviates(Deviation::message_mac_unchecked))
        return tl::unexpected(refuse(when_wrong));
    if (!card.give_tries_back(key))
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
        answer = core::secure_messaging_encrypt(card.cipher(key), answer).value();
    core::append(answer, message_mac(card, key, {answer}));
}

std::span<const Reason* const> secure_messaging_reasons() {
    return reasons;
}

} // namespace tongka::simulator
