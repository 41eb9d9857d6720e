#include "simulator/card/commands.hpp"
#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {

const InstructionSet& card_instructions() {
    static const InstructionSet set = [] {
        std::vector<const Instruction*> list{
            &credit_for_load,
            &debit_for_unload,
            &debit_for_purchase,
            &get_balance,
            &get_message,
            &get_transaction_prove,
            &initialize_for_cash_withdrawal,
            &initialize_for_composite,
            &initialize_for_load,
            &initialize_for_purchase,
            &initialize_for_unload,
            &initialize_for_update,
            &update_composite_cache,
            &update_overdraw_limit,
        };
        const auto shared = shared_instructions();
        list.insert(list.end(), shared.begin(), shared.end());
        return InstructionSet(std::move(list));
    }();
    return set;
}

} // namespace tongka::simulator
