#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_type.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t answer_size = 8;

constexpr Reason no_purse{0x6A82, "there is no such purse in the current application", "standards.md 4.2"};
constexpr Reason unavailable{0x9406, "no MAC and TAC of this transaction are at hand", "standards.md 4.2"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &common::wrong_le, &no_purse,
                                     &unavailable};

/// Whether the terminal means the transaction that stands behind `proof` (standards.md 9 row 9).
bool means(const Card& card, std::uint16_t asked, const Proof& proof) {
    const auto after = static_cast<std::uint16_t>(proof.counter + 1);
    const auto choice = card.rules().value(core::Rule::prove_counter);
    return (choice != "after" && asked == proof.counter) || (choice != "before" && asked == after) ||
           card.deviates(Deviation::prove_ignores_counter);
}

/// What the last transaction of the same kind gave: its MAC2 and TAC (standards.md 4.2, 7.6).
Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1 != 0)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, 2, answer_size))
        return *refused;
    const auto purse = card.electronic_purse();
    if (!purse)
        return refuse(no_purse);
    const Proof proof = purse->proof(command.p2 == transaction_type::ep_load ? Counter::online : Counter::offline);
    const auto asked = static_cast<std::uint16_t>(core::read_big_endian(command.data));
    if (proof.transaction_type == 0 || proof.transaction_type != command.p2 || !means(card, asked, proof))
        return refuse(unavailable);
    core::append(answer, proof.mac);
    core::append(answer, proof.tac);
    return success();
}

} // namespace

const Instruction<Card> get_transaction_prove{"GET TRANSACTION PROVE", 0x80, 0x5A, {}, execute, reasons};

} // namespace tongka::simulator
