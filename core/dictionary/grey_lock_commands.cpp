#include "core/dictionary/command_tables.hpp"
#include "core/dictionary/fields.hpp"

// Grey lock (灰锁) on the user card: standards.md 4.2 and 1.1 (CJ/T 304-2017 8.4.8).
namespace tongka::core::dictionary {

namespace {

using namespace fields;

constexpr Field initialize[]{key_index, terminal};
constexpr Field lock_initialized[]{balance, offline_counter, overdraft, key_version, algorithm, random};
constexpr Field terminal_random{{"终端随机数", "terminal random number"}, 4, Kind::random};
constexpr Field lock[]{terminal_serial, terminal_random, date, time, mac1};
constexpr Field locked[]{{{"GTAC", "GTAC"}, 4, Kind::tac}, mac2};
constexpr Field gmac{{"GMAC", "GMAC"}, 4, Kind::mac};
constexpr Field debit[]{amount, offline_counter, terminal, terminal_serial, date, time, gmac};
constexpr Field only_tac[]{tac};
constexpr Field unlock_initialized[]{balance, offline_counter, online_counter, key_version, algorithm, random, mac1};
constexpr Field unlock[]{amount, date, time, mac2};
// Offsets 0, 9 and 26 are known from terminal code; the fields between them are inferred from the lengths left.
constexpr Field proof[]{{{"灰锁状态", "lock state"}, 1, Kind::data},
                        transaction_type,
                        {{"应用", "purse"}, 1, Kind::purse},
                        balance,
                        offline_counter,
                        terminal,
                        terminal_serial,
                        date,
                        time,
                        {{"GTAC/TAC", "GTAC or TAC"}, 4, Kind::tac}};

// clang-format off
constexpr CommandForm table[]{
    {.name = {"灰锁初始化", "INITIALIZE FOR GREY LOCK"}, .cla = 0xE0, .ins = 0x7A, .p1 = 0x08, .p2_field = purse,
     .request = initialize, .response = lock_initialized, .lc = 0x07, .le = 0x0F},
    {.name = {"灰锁", "GREY LOCK"}, .cla = 0xE0, .ins = 0x7C, .p1 = 0x08, .request = lock, .response = locked, .lc = 0x13, .le = 8},
    {.name = {"解扣", "DEBIT FOR UNLOCK"}, .cla = 0xE0, .ins = 0x7E, .p1 = 0x08, .p2_field = purse,
     .request = debit, .response = only_tac, .lc = 0x1B, .le = 4},
    {.name = {"联机解扣初始化", "INITIALIZE FOR GREY UNLOCK"}, .cla = 0xE0, .ins = 0x7A, .p1 = 0x09, .p2_field = purse,
     .request = initialize, .response = unlock_initialized, .lc = 0x07, .le = 0x12},
    {.name = {"联机解扣", "GREY UNLOCK"}, .cla = 0xE0, .ins = 0x7E, .p1 = 0x09, .request = unlock, .response = only_tac, .lc = 0x0F, .le = 4},
    {.name = {"联机解扣", "GREY UNLOCK"}, .cla = 0xE0, .ins = 0x7C, .p1 = 0x09, .request = unlock, .response = only_tac, .lc = 0x0F, .le = 4},
    {.name = {"取灰锁证明", "GET LOCK PROOF"}, .cla = 0xE0, .ins = 0xCA, .response = proof, .le = 0x1E},
};
// clang-format on

} // namespace

std::span<const CommandForm> grey_lock_commands() {
    return table;
}

} // namespace tongka::core::dictionary
