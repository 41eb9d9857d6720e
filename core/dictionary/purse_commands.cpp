#include "core/dictionary/command_tables.hpp"
#include "core/dictionary/fields.hpp"

// standards.md 4.2: the electronic deposit (ED) and the electronic purse (EP).
namespace tongka::core::dictionary {

namespace {

using namespace fields;

constexpr Field only_balance[]{balance};
constexpr Field initialize[]{key_index, amount, terminal};
constexpr Field online_initialized[]{old_balance, online_counter, key_version, algorithm, random, mac1};
constexpr Field offline_initialized[]{old_balance, offline_counter, overdraft, key_version, algorithm, random};
constexpr Field credit[]{date, time, mac2};
constexpr Field debit[]{terminal_serial, date, time, mac1};
constexpr Field debited[]{tac, mac2};
constexpr Field only_tac[]{tac};
constexpr Field only_mac3[]{mac3};
constexpr Field initialize_update[]{key_index, terminal};
constexpr Field update_initialized[]{old_balance, online_counter, overdraft, key_version, algorithm, random, mac1};
constexpr Field new_limit[]{{{"新透支限额", "new overdraft limit"}, 3, Kind::amount}, date, time, mac2};
constexpr Field record[]{content};
constexpr Field transaction_number[]{{{"交易序号", "transaction number"}, 2, Kind::number}};
constexpr Field proof[]{{{"MAC", "MAC"}, 4, Kind::mac}, tac};

// clang-format off
constexpr CommandForm table[]{
    {.name = {"读余额", "GET BALANCE"}, .cla = 0x80, .ins = 0x5C, .p2_field = purse, .response = only_balance, .le = 4},
    {.name = {"圈存初始化", "INITIALIZE FOR LOAD"}, .cla = 0x80, .ins = 0x50, .p1 = 0x00, .p2_field = purse,
     .request = initialize, .response = online_initialized, .lc = 0x0B, .le = 0x10},
    {.name = {"圈存", "CREDIT FOR LOAD"}, .cla = 0x80, .ins = 0x52, .request = credit, .response = only_tac, .lc = 0x0B, .le = 4},
    {.name = {"消费初始化", "INITIALIZE FOR PURCHASE"}, .cla = 0x80, .ins = 0x50, .p1 = 0x01, .p2_field = purse,
     .request = initialize, .response = offline_initialized, .lc = 0x0B, .le = 0x0F},
    {.name = {"取现初始化", "INITIALIZE FOR CASH WITHDRAW"}, .cla = 0x80, .ins = 0x50, .p1 = 0x02, .p2_field = purse,
     .request = initialize, .response = offline_initialized, .lc = 0x0B, .le = 0x0F},
    {.name = {"复合应用消费初始化", "INITIALIZE FOR CAPP PURCHASE"}, .cla = 0x80, .ins = 0x50, .p1 = 0x03, .p2_field = purse,
     .request = initialize, .response = offline_initialized, .lc = 0x0B, .le = 0x0F},
    {.name = {"修改透支限额初始化", "INITIALIZE FOR UPDATE"}, .cla = 0x80, .ins = 0x50, .p1 = 0x04, .p2_field = purse,
     .request = initialize_update, .response = update_initialized, .lc = 0x07, .le = 0x13},
    {.name = {"圈提初始化", "INITIALIZE FOR UNLOAD"}, .cla = 0x80, .ins = 0x50, .p1 = 0x05, .p2_field = purse,
     .request = initialize, .response = online_initialized, .lc = 0x0B, .le = 0x10},
    {.name = {"消费/取现", "DEBIT FOR PURCHASE/CASH WITHDRAW"}, .cla = 0x80, .ins = 0x54, .p1 = 0x01,
     .request = debit, .response = debited, .lc = 0x0F, .le = 8},
    {.name = {"消费/取现", "DEBIT FOR PURCHASE/CASH WITHDRAW"}, .cla = 0x80, .ins = 0x54, .p1 = 0x02,
     .request = debit, .response = debited, .lc = 0x0F, .le = 8}, // standards.md 9 row 12
    {.name = {"圈提", "DEBIT FOR UNLOAD"}, .cla = 0x80, .ins = 0x54, .p1 = 0x03,
     .request = credit, .response = only_mac3, .lc = 0x0B, .le = 4},
    {.name = {"修改透支限额", "UPDATE OVERDRAW LIMIT"}, .cla = 0x80, .ins = 0x58, .request = new_limit, .response = only_tac,
     .lc = 0x0E, .le = 4},
    {.name = {"更新复合应用数据缓存", "UPDATE CAPP DATA CACHE"}, .cla = 0x80, .ins = 0xDC, .p1_field = record_reference,
     .request = record},
    {.name = {"取交易认证", "GET TRANSACTION PROVE"}, .cla = 0x80, .ins = 0x5A, .p2_field = transaction_type,
     .request = transaction_number, .response = proof, .lc = 2, .le = 8},
};
// clang-format on

} // namespace

std::span<const CommandForm> purse_commands() {
    return table;
}

} // namespace tongka::core::dictionary
