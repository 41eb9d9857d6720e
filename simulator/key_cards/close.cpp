#include "simulator/key_cards/key_card.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason not_complete{0x6985, "a file or a key that the card needs in service is missing or broken",
                              "docs/decisions/0009 (inferred)"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &common::no_right, &not_complete,
                                     &common::memory_failure};

/// Ends the personalisation: the keys that it went under are wiped and blocked, and there is no way back.
Reply execute(KeyCard& card, const core::Command& command, core::Bytes&) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (!command.data.empty())
        return refuse(common::wrong_lc);
    const auto life = card.files().has_master_file() ? card.file(key_card::life_file) : std::nullopt;
    const auto control = card.key(KeyType::external_authentication, key_card::control_key);
    const auto maintenance = card.key(KeyType::maintenance, key_card::control_key);
    if (!life || !control || !maintenance || !card.complete())
        return refuse(not_complete);
    if (!card.allows(control->change))
        return refuse(common::no_right);
    Transaction transaction(card.memory());
    transaction.write_number(card.files().at(*life).body, 1, 1);
    for (const auto& key : {*control, *maintenance}) {
        set_key_value(transaction, key, core::Bytes(key.value.size()));
        set_tries(transaction, key, 0);
    }
    return transaction.commit() ? success() : refuse(common::memory_failure);
}

} // namespace

const Instruction close_card{"CLOSE", 0x80, 0xF4, {}, on<KeyCard, execute>, reasons};

} // namespace tongka::simulator
