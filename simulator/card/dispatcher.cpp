#include "simulator/card/commands.hpp"
#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {

std::span<const Instruction<Card>* const> card_instructions() {
    static const auto& files = file_commands<Card>();
    static const std::array table = {
        &debit_for_purchase,
        &initialize_for_purchase,
        &credit_for_load,
        &initialize_for_load,
        &get_balance,
        &get_message,
        &get_transaction_prove,
        &verify,
        &files[0],
        &files[1],
        &files[2],
        &files[3],
    };
    return table;
}

} // namespace tongka::simulator
