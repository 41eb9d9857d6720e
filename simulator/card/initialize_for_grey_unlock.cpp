#include "core/crypto/mac.hpp"
#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"
#include "simulator/card/transaction_type.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t data_size = 7; // key index 1, terminal number 6
constexpr std::size_t answer_size = 18;

constexpr const Reason* reasons[] = {TONGKA_INITIALIZE_REASONS, &transaction::not_locked};

/// Unlocking with the issuer on line: the session key is that of a load (standards.md 5.2). MAC1 covers balance 4,
/// offline counter 2, TTI, terminal number 6 (inferred from what the answer shows and from the load's MAC1).
Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    using namespace transaction_type;
    if (command.p2 != 0x01 && command.p2 != 0x02)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, data_size, answer_size))
        return *refused;
    const auto begun = begin_initialize(card, command.p2, KeyType::load, command.data[0], Counter::online);
    if (begun.refused)
        return *begun.refused;
    const Purse& purse = *begun.purse;
    const core::Byte type = command.p2 == 0x01 ? ed_online_unlock : ep_online_unlock;
    const auto terminal = command.data.subspan(1, 6);

    const auto& pending = begin_transaction(card, State::online_unlock, type, purse.id(), begun.key, 0, terminal);
    const auto balance = shown_balance(card, purse, purse.available());
    const auto counter = purse.counter_bytes(Counter::offline);
    const core::Mac mac1 = core::transaction_mac(card.session(begun.key, online_session_input(card, pending, purse)),
                                                 {balance, counter, {&type, 1}, terminal});
    core::append(answer, balance);
    core::append(answer, counter);
    core::append(answer, purse.counter_bytes(Counter::online));
    answer.push_back(begun.key.version());
    answer.push_back(begun.key.fifth);
    core::append(answer, pending.random);
    core::append(answer, mac1);
    return success();
}

} // namespace

const Instruction initialize_for_grey_unlock{
    "INITIALIZE FOR GREY UNLOCK", 0xE0, 0x7A, 0x09, on<Card, execute>, reasons};

} // namespace tongka::simulator
