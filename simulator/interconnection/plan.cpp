#include "simulator/interconnection/plan.hpp"

#include <algorithm>

#include "simulator/interconnection/terminal_checks.hpp"

namespace tongka::simulator {
namespace {

constexpr FaultInfo faults[] = {
    {Fault::wrong_root,
     "wrong-root",
     {"该市的密钥和PSAM出自另一套根密钥", "keys and PSAM of the city come from another root"}},
    {Fault::not_renewed, "not-renewed", {"该市的PSAM从未换代", "the PSAM of the city was never renewed"}},
    {Fault::expired_psam, "expired-psam", {"该市的PSAM已过期", "the PSAM of the city has expired"}},
    {Fault::expired_card, "expired-card", {"该市的卡已过期", "the card of the city has expired"}},
    {Fault::missing_in_white_list,
     "white-list",
     {"该市终端的白名单漏了一个城市", "the white list of the city's terminal lacks one city"}},
    {Fault::wrong_tac,
     "wrong-tac",
     {"该市的卡计算TAC时未包含终端机编号", "the card of the city leaves the terminal number out of its TAC"}},
};

} // namespace

core::Text title(Stage stage) {
    switch (stage) {
    case Stage::before:
        return {"换代之前：全部使用第1代密钥", "Before the roll-over: generation 1 alone"};
    case Stage::rolling:
        return {"换代之中：密钥中心已换代，半数PSAM已更新",
                "Rolling over: the centre has changed, half of the PSAMs too"};
    case Stage::renewed:
        return {"换代之中：全部PSAM已更新", "Rolling over: every PSAM was renewed"};
    case Stage::retired:
        break;
    }
    return {"换代之后：第1代密钥已销毁，半数城市发行新卡",
            "After the roll-over: generation 1 is destroyed, half of the cities tap with new cards"};
}

std::array<core::Byte, 4> date(Stage stage) {
    constexpr core::Byte months[] = {0x01, 0x04, 0x07, 0x10};
    return {0x20, 0x27, months[static_cast<std::size_t>(stage)], 0x15};
}

std::span<const FaultInfo> fault_table() {
    return faults;
}

const FaultInfo& info(Fault fault) {
    return *std::ranges::find(faults, fault, &FaultInfo::fault);
}

Expectation expected(const NetworkPlan& plan, Stage stage, std::size_t card_city, std::size_t terminal_city) {
    const City& card = plan.cities[card_city];
    if (!admits(card.interop, card.code, plan.cities[terminal_city].code))
        return {Verdict::not_interoperable, 0};
    return {Verdict::accepted, is_renewed(terminal_city, stage) ? core::Byte{2} : core::Byte{1}};
}

} // namespace tongka::simulator
