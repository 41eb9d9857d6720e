#include "simulator/key_cards/mother_card.hpp"

namespace tongka::simulator {
namespace {

/// P1 of TRANSFER KEYS.
enum Step : core::Byte { greet = 0x01, prove = 0x02, next = 0x03 };

constexpr const char* basis = "docs/decisions/0009 (inferred)";

constexpr Reason emptied{0x6985, "the card has been emptied as often as it may be", basis};
constexpr Reason out_of_order{0x6985, "the step before this one is missing", basis};
constexpr Reason wrong_answer{0x63C0, "the receiver does not have the transport key; SW2 tells the tries left", basis};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &common::wrong_le, &common::no_right,
                                     &common::key_blocked,      &emptied,          &out_of_order,     &wrong_answer,
                                     &common::memory_failure};

/// Gives R1. The authentication serves this one transfer.
Reply start(MotherCard& card, const StoredKey& transport, core::Bytes& answer) {
    if (!card.allows(key_card::trusted_right))
        return refuse(common::no_right);
    if (transport.tries_left == 0)
        return refuse(common::key_blocked);
    if (card.emptyings_left() == 0)
        return refuse(emptied);
    card.set_security_state(0);
    answer = card.greet(transport);
    return success();
}

/// Takes the receiver's answer, gives the card's proof. The try is taken before anything is compared.
Reply check(MotherCard& card, const StoredKey& transport, core::BytesView receiver, core::Bytes& answer) {
    if (!card.transfer() || card.transfer()->proved)
        return refuse(out_of_order);
    if (!card.take_try(transport))
        return refuse(common::memory_failure);
    auto proof = card.transfer()->sender.proof(receiver);
    if (!proof) {
        card.transfer().reset();
        return refuse(wrong_answer, transport.tries_left - 1U);
    }
    if (!card.give_tries_back(transport)) {
        card.transfer().reset();
        return refuse(common::memory_failure);
    }
    card.transfer()->proved = true;
    answer = std::move(*proof);
    return success();
}

/// Gives the next key, and behind the last one the end. The emptying is counted before the first key leaves.
Reply give(MotherCard& card, core::Bytes& answer) {
    auto& transfer = card.transfer();
    if (!transfer || !transfer->proved)
        return refuse(out_of_order);
    if (transfer->next == 0 && !card.count_emptying()) {
        transfer.reset();
        return refuse(common::memory_failure);
    }
    if (transfer->next < transfer->keys.size()) {
        answer = transfer->sender.key(transfer->keys[transfer->next]).value();
        ++transfer->next;
        return success();
    }
    answer = transfer->sender.end().value();
    transfer.reset();
    return success();
}

/// The messages of core/keys/transport.hpp, one a command: P1 01 → hello; 02 answer → proof; 03 → the next key or the
/// end.
Reply execute(MotherCard& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != 0 || command.p1 < greet || command.p1 > next)
        return refuse(common::wrong_parameters);
    if (command.data.empty() != (command.p1 != prove))
        return refuse(common::wrong_lc);
    const auto transport = card.key(KeyType::external_authentication, key_card::transport_key).value();
    switch (command.p1) {
    case greet:
        return start(card, transport, answer);
    case prove:
        return check(card, transport, command.data, answer);
    default:
        return give(card, answer);
    }
}

} // namespace

const Instruction transfer_keys{"TRANSFER KEYS", 0x80, 0xF0, {}, on<MotherCard, execute>, reasons};

} // namespace tongka::simulator
