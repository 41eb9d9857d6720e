#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t data_size = 11; // date 4, time 3, MAC2 4
constexpr std::size_t answer_size = 4;

constexpr Reason wrong_mac2{0x9302, "MAC2 of the issuer is wrong", "standards.md 4.2"};
constexpr const Reason* reasons[] = {TONGKA_COMPLETION_REASONS, &wrong_mac2};

/// The answer is MAC3, under the session key (standards.md 5.2).
Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p2 != 0)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, data_size, answer_size))
        return *refused;
    if (auto refused = refuse_completion(card))
        return *refused;

    const PendingTransaction pending = *card.pending();
    card.pending().reset();
    const Purse purse = *card.purse(pending.purse);
    const StoredKey key = *card.key(pending.key_type, pending.key_index);
    const auto amount = core::big_endian(pending.amount, 4);
    const core::BytesView type{&pending.transaction_type, 1};
    const auto date_time = command.data.first(7);
    const core::Cipher& session = card.session(key, online_session_input(card, pending, purse));
    const core::Mac mac2 = core::transaction_mac(session, {amount, type, pending.terminal, date_time});
    if (!core::mac_equals(mac2, command.data.last(4)) && !card.deviates(Deviation::unload_mac2_unchecked))
        return refuse(wrong_mac2);

    const std::uint16_t before = purse.counter(Counter::online);
    const std::uint32_t available = purse.available() - pending.amount;
    const core::Mac mac3 =
        core::transaction_mac(card.deviates(Deviation::unload_mac3_with_tac_key) ? *card.tac_cipher() : session,
                              {shown_balance(card, purse, available), purse.counter_bytes(Counter::online), amount,
                               type, pending.terminal, date_time});
    Transaction transaction(card.memory());
    purse.set_available(transaction, available);
    purse.set_counter(transaction, Counter::online, static_cast<std::uint16_t>(before + 1));
    purse.set_proof(transaction, Counter::online,
                    {.transaction_type = pending.transaction_type, .counter = before, .mac = mac3});
    log_transaction(card, transaction, purse,
                    {.counter = Counter::online,
                     .before = before,
                     .type = pending.transaction_type,
                     .amount = pending.amount,
                     .terminal = pending.terminal,
                     .date_time = date_time,
                     .balance_after = available});
    if (!transaction.commit())
        return refuse(common::memory_failure);
    core::append(answer, mac3);
    return success();
}

} // namespace

const Instruction debit_for_unload{"DEBIT FOR UNLOAD", 0x80, 0x54, 0x03, on<Card, execute>, reasons};

} // namespace tongka::simulator
