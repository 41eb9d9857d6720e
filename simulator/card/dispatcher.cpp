#include "simulator/card/commands.hpp"
#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {

const InstructionSet& card_instructions() {
    static const InstructionSet set = [] {
        std::vector<const Instruction*> list{
            &change_pin,
            &credit_for_load,
            &debit_for_unload,
            &debit_for_purchase,
            &debit_for_unlock,
            &get_balance,
            &get_lock_proof,
            &get_message,
            &get_transaction_prove,
            &grey_lock,
            &grey_unlock,
            &grey_unlock_as_printed,
            &initialize_for_cash_withdrawal,
            &initialize_for_composite,
            &initialize_for_grey_lock,
            &initialize_for_grey_unlock,
            &initialize_for_load,
            &initialize_for_purchase,
            &initialize_for_unload,
            &initialize_for_update,
            &pin_unblock,
            &reload_pin,
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
