#pragma once

#include "simulator/card/card.hpp"

/// The commands of the user card beside the shared ones (chip/file_commands.hpp).
namespace tongka::simulator {

extern const Instruction change_pin;
extern const Instruction credit_for_load;
extern const Instruction debit_for_purchase;
extern const Instruction debit_for_unload;
extern const Instruction debit_for_unlock;
extern const Instruction get_balance;
extern const Instruction get_lock_proof;
extern const Instruction get_message;
extern const Instruction get_transaction_prove;
extern const Instruction grey_lock;
extern const Instruction grey_unlock;
extern const Instruction grey_unlock_as_printed;
extern const Instruction initialize_for_cash_withdrawal;
extern const Instruction initialize_for_composite;
extern const Instruction initialize_for_grey_lock;
extern const Instruction initialize_for_grey_unlock;
extern const Instruction initialize_for_load;
extern const Instruction initialize_for_purchase;
extern const Instruction initialize_for_unload;
extern const Instruction initialize_for_update;
extern const Instruction pin_unblock;
extern const Instruction reload_pin;
extern const Instruction update_composite_cache;
extern const Instruction update_overdraw_limit;

} // namespace tongka::simulator
