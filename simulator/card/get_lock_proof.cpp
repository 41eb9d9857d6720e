#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t answer_size = 30;

constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &common::wrong_le,
                                     &common::memory_failure, &transaction::no_purse};

/// The command names no purse: the one with something to tell, the EP before the ED (inferred).
std::optional<Purse> purse_to_tell_of(Card& card) {
    std::optional<Purse> found;
    for (const PurseId id : {PurseId::purse, PurseId::deposit}) {
        const auto purse = card.purse(id);
        if (purse && purse->lock_state() != LockState::none)
            return purse;
        if (purse && !found)
            found.emplace(*purse);
    }
    return found;
}

/// Status, TTI, ED or EP, balance 4, offline counter 2, terminal number 6, terminal serial 4, date 4, time 3, GTAC or
/// TAC of the last lock or unlock (standards.md 4.2, where the fields between offsets 0, 9 and 26 are inferred).
Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1 > 0x01 || command.p2 != 0)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, 0, answer_size))
        return *refused;
    const auto purse = purse_to_tell_of(card);
    if (!purse)
        return refuse(transaction::no_purse);
    Lock lock = purse->lock();
    answer.push_back(static_cast<core::Byte>(lock.state));
    answer.push_back(lock.transaction_type);
    answer.push_back(static_cast<core::Byte>(purse->id()));
    core::append(answer, core::big_endian(lock.balance, 4));
    core::append(answer, core::big_endian(lock.counter, 2));
    core::append(answer, lock.terminal);
    core::append(answer, lock.terminal_serial);
    core::append(answer, lock.date_time);
    core::append(answer, lock.tac);

    const bool reads_alone = command.p1 == 0x00 && !card.deviates(Deviation::lock_proof_always_clears);
    if (reads_alone || lock.state != LockState::tac_unread)
        return success();
    lock.state = LockState::none;
    Transaction transaction(card.memory());
    purse->set_lock(transaction, lock);
    if (transaction.commit())
        return success();
    answer.clear();
    return refuse(common::memory_failure);
}

} // namespace

const Instruction get_lock_proof{"GET LOCK PROOF", 0xE0, 0xCA, {}, on<Card, execute>, reasons};

} // namespace tongka::simulator
