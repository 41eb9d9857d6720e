#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"

// INITIALIZE FOR UPDATE and UPDATE OVERDRAW LIMIT, of an ED (standards.md 4.2, 5.2).
namespace tongka::simulator {
namespace {

constexpr std::size_t initialize_size = 7; // key index 1, terminal 6
constexpr std::size_t initialize_answer = 0x13;
constexpr std::size_t update_size = 14; // new limit 3, date 4, time 3, MAC2 4
constexpr std::size_t update_answer = 4;

constexpr Reason wrong_mac2{0x9302, "MAC2 of the issuer is wrong", "standards.md 4.2"};
constexpr Reason below_zero{0x9401, "the balance without the old limit would be negative", "standards.md 9 row 21"};
constexpr const Reason* initialize_reasons[] = {TONGKA_INITIALIZE_REASONS};
constexpr const Reason* update_reasons[] = {TONGKA_COMPLETION_REASONS, &wrong_mac2, &below_zero,
                                            &transaction::too_much};

Reply initialize(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != 0x01)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, initialize_size, initialize_answer))
        return *refused;
    const auto terminal = command.data.subspan(1, 6);
    const auto begun = begin_initialize(card, command.p2, KeyType::overdraft, command.data[0], Counter::online);
    if (begun.refused)
        return *begun.refused;
    const Purse& purse = *begun.purse;
    constexpr core::Byte type = transaction_type::overdraft_limit;
    const auto& pending = begin_transaction(card, State::overdraft_limit, type, purse.id(), begun.key, 0, terminal);
    const auto balance = shown_balance(card, purse, purse.available());
    const core::Mac mac1 = core::transaction_mac(card.session(begun.key, online_session_input(card, pending, purse)),
                                                 {balance, purse.overdraft_limit(), {&type, 1}, terminal});
    core::append(answer, balance);
    core::append(answer, purse.counter_bytes(Counter::online));
    core::append(answer, purse.overdraft_limit());
    answer.push_back(begun.key.version());
    answer.push_back(begun.key.fifth);
    core::append(answer, pending.random);
    core::append(answer, mac1);
    return success();
}

/// The TAC key is folded, or not, by the rule overdraft-tac-key (standards.md 5.2, 9 row 2).
const core::Cipher& limit_tac_cipher(Card& card) {
    if (card.rule(core::Rule::overdraft_tac_key, "xor"))
        return *card.tac_cipher();
    return card.cipher(*card.key(KeyType::tac, 0x00));
}

Reply update(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, update_size, update_answer))
        return *refused;
    if (auto refused = refuse_completion(card))
        return *refused;

    const PendingTransaction pending = *card.pending();
    card.pending().reset();
    const Purse purse = *card.purse(pending.purse);
    const StoredKey key = *card.key(pending.key_type, pending.key_index);
    const core::BytesView type{&pending.transaction_type, 1};
    const auto limit = command.data.first(3);
    const auto date_time = command.data.subspan(3, 7);
    const core::Mac mac2 = core::transaction_mac(card.session(key, online_session_input(card, pending, purse)),
                                                 {limit, type, pending.terminal, date_time});
    if (!core::mac_equals(mac2, command.data.last(4)) && !card.deviates(Deviation::overdraft_mac2_unchecked))
        return refuse(wrong_mac2);

    const auto old_limit = core::read_big_endian(purse.overdraft_limit());
    const auto new_limit = core::read_big_endian(limit);
    if (purse.available() + new_limit < old_limit && !card.deviates(Deviation::overdraft_below_zero))
        return refuse(below_zero);
    const auto sum = purse.available() + new_limit - old_limit;
    if (sum > balance_limit(card))
        return refuse(transaction::too_much);
    const auto available = static_cast<std::uint32_t>(sum);
    const std::uint16_t before = purse.counter(Counter::online);

    Transaction transaction(card.memory());
    if (!card.deviates(Deviation::overdraft_limit_apart))
        purse.set_available(transaction, available);
    purse.set_overdraft_limit(transaction, limit);
    // Shown apart, the balance does not change with the limit.
    const auto balance = card.rule(core::Rule::overdraft_balance, "separate")
                             ? core::to_bytes(shown_balance(card, purse, purse.available()))
                             : core::big_endian(available, 4);
    const core::Mac tac = core::transaction_mac(limit_tac_cipher(card), {balance, purse.counter_bytes(Counter::online),
                                                                         limit, type, pending.terminal, date_time});
    purse.set_counter(transaction, Counter::online, static_cast<std::uint16_t>(before + 1));
    purse.set_proof(transaction, Counter::online,
                    {.transaction_type = pending.transaction_type, .counter = before, .mac = mac2, .tac = tac});
    log_transaction(card, transaction, purse,
                    {.counter = Counter::online,
                     .before = before,
                     .type = pending.transaction_type,
                     .amount = static_cast<std::uint32_t>(new_limit),
                     .terminal = pending.terminal,
                     .date_time = date_time,
                     .balance_after = available,
                     .tac = tac});
    if (!transaction.commit())
        return refuse(common::memory_failure);
    core::append(answer, tac);
    return success();
}

} // namespace

const Instruction initialize_for_update{"INITIALIZE FOR UPDATE", 0x80, 0x50, 0x04, on<Card, initialize>,
                                        initialize_reasons};
const Instruction update_overdraw_limit{"UPDATE OVERDRAW LIMIT", 0x80, 0x58, {}, on<Card, update>, update_reasons};

} // namespace tongka::simulator
