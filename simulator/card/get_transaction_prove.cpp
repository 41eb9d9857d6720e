#include "simulator/card/commands.hpp"
#include "simulator/card/transaction_data.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t answer_size = 8;

constexpr Reason no_purse{0x6A82, "there is no purse in the current application", "standards.md 4.2"};
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

/// What the last transaction of type P2 gave: its MAC and TAC, until another takes the same counter (standards.md 4.2,
/// 7.6).
Reply execute(Card& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1 != 0)
        return refuse(common::wrong_parameters);
    if (auto refused = refuse_lengths(command, 2, answer_size))
        return *refused;
    const auto asked = static_cast<std::uint16_t>(core::read_big_endian(command.data));
    bool has_purse = false;
    for (const PurseId id : {PurseId::purse, PurseId::deposit}) {
        const auto purse = card.purse(id);
        has_purse = has_purse || purse;
        for (const Counter counter : {Counter::offline, Counter::online}) {
            if (!purse)
                continue;
            const Proof proof = purse->proof(counter);
            const bool right_type =
                proof.transaction_type == command.p2 || card.deviates(Deviation::prove_ignores_type);
            if (proof.transaction_type == 0 || !right_type || !means(card, asked, proof))
                continue;
            const bool swapped = card.deviates(Deviation::proof_tac_first);
            core::append(answer, swapped ? proof.tac : proof.mac);
            core::append(answer, swapped ? proof.mac : proof.tac);
            if (card.deviates(Deviation::proof_given_once))
                forget_proof(card, *purse, counter);
            return success();
        }
    }
    return refuse(has_purse ? unavailable : no_purse);
}

} // namespace

const Instruction get_transaction_prove{"GET TRANSACTION PROVE", 0x80, 0x5A, {}, on<Card, execute>, reasons};

} // namespace tongka::simulator
