#include "simulator/issuer/host/load.hpp"

namespace tongka::simulator {

core::Text describe(Refusal refusal) {
    switch (refusal) {
    case Refusal::wrong_type:
        return {"交易类型不是圈存(01或02)", "the transaction type is not that of a load (01 or 02)"};
    case Refusal::wrong_amount:
        return {"圈存金额为零", "the amount of the load is zero"};
    case Refusal::unknown_card:
        return {"没有这张卡", "there is no such card"};
    case Refusal::card_blocked:
        return {"卡已被停用", "the card is blocked"};
    case Refusal::other_city:
        return {"卡属于另一城市", "the card belongs to another city"};
    case Refusal::wrong_algorithm:
        return {"算法标识与密钥不符", "the algorithm identifier does not fit the key"};
    case Refusal::wrong_mac1:
        return {"MAC1错误", "MAC1 is wrong"};
    case Refusal::over_balance_limit:
        return {"圈存后余额超过上限", "the balance would go over its limit"};
    case Refusal::other_content:
        return {"同一交易已以其他内容请求过", "the same transaction was asked for before with other content"};
    case Refusal::load_open:
        return {"该钱包有一笔圈存未了结", "an earlier load of this purse is open and must be resolved first"};
    case Refusal::counter_used:
        return {"联机交易序号已用过", "a load with this online counter or a later one is booked already"};
    case Refusal::not_enough_money:
        return {"账户余额不足", "the account does not hold the amount"};
    case Refusal::unknown_load:
        return {"没有这笔圈存", "there is no such load"};
    case Refusal::load_booked:
        return {"该圈存已入账", "the load is booked already"};
    case Refusal::load_cancelled:
        return {"该圈存已撤销", "the load was cancelled"};
    case Refusal::wrong_tac:
        return {"TAC错误", "the TAC is wrong"};
    }
    return {};
}

} // namespace tongka::simulator
