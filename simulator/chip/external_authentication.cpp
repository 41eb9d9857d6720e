#include "core/crypto/secure_messaging.hpp"
#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t cryptogram_size = 8;

constexpr Reason no_challenge{0x6984, "no GET CHALLENGE stands right before it", "standards.md 4.1"};
constexpr Reason wrong_cryptogram{0x63C0, "the cryptogram is wrong; SW2 tells the tries left", "standards.md 4.1"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc,      &common::no_such_key,
                                     &common::no_right,         &no_challenge,          &common::key_blocked,
                                     &wrong_cryptogram,         &common::memory_failure};

Reply execute(SmartCard& card, const core::Command& command, core::Bytes&) {
    if (command.p1 != 0)
        return refuse(common::wrong_parameters);
    if (command.data.size() != cryptogram_size)
        return refuse(common::wrong_lc);
    const auto key = card.key(KeyType::external_authentication, command.p2);
    if (!key)
        return refuse(common::no_such_key);
    if (!card.allows(key->use))
        return refuse(common::no_right);
    if (card.challenge().empty())
        return refuse(no_challenge);
    if (key->tries_left == 0)
        return refuse(common::key_blocked);
    if (!card.deviates(Deviation::authentication_try_not_counted) && !card.take_try(*key))
        return refuse(common::memory_failure);
    const auto expected = core::external_authentication(card.cipher(*key), card.challenge());
    if (!core::equal(expected, command.data) && !card.deviates(Deviation::authentication_unchecked))
        return refuse(wrong_cryptogram, key->tries_left - 1U);
    if (!card.deviates(Deviation::authentication_tries_not_reset) && !card.deviates(Deviation::isam_tries_not_reset) &&
        !card.give_tries_back(*key))
        return refuse(common::memory_failure);
    if (!card.deviates(Deviation::authentication_sets_no_state))
        card.set_security_state(key->next_state());
    return success();
}

} // namespace

const Instruction external_authentication{"EXTERNAL AUTHENTICATION", 0x00, 0x82, {}, execute, reasons};

} // namespace tongka::simulator
