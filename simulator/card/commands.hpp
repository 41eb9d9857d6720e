#pragma once

#include "simulator/card/card.hpp"

/// The commands of the user card, one file each.
namespace tongka::simulator {

extern const Instruction<Card> credit_for_load;
extern const Instruction<Card> debit_for_purchase;
extern const Instruction<Card> get_balance;
extern const Instruction<Card> get_message;
extern const Instruction<Card> get_transaction_prove;
extern const Instruction<Card> initialize_for_load;
extern const Instruction<Card> initialize_for_purchase;
extern const Instruction<Card> verify;

} // namespace tongka::simulator
