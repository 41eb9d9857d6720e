#include "simulator/interconnection/outcome.hpp"

namespace tongka::simulator {
namespace {

constexpr VerdictInfo verdicts[verdict_count] = {
    {"accepted", {"接受，MAC1、MAC2、TAC均正确", "accepted, and MAC1, MAC2 and TAC are right"}},
    {"psam-out-of-date", {"终端的PSAM不在有效期内", "the terminal's PSAM is out of date"}},
    {"card-out-of-date", {"卡不在有效期内", "the card is out of date"}},
    {"not-interoperable", {"互通标识不允许", "the card's interop flag does not allow it"}},
    {"not-on-white-list", {"卡属城市不在终端白名单", "the card's city is not on the terminal's white list"}},
    {"no-such-key", {"卡内没有该索引的消费密钥（9403）", "the card has no purchase key of this index (9403)"}},
    {"mac1-refused", {"卡不接受MAC1（9302）：根密钥不同", "the card refuses MAC1 (9302): another root"}},
    {"mac2-refused", {"卡已扣款，PSAM不接受MAC2", "the card has paid, the PSAM refuses MAC2"}},
    {"refused", {"其他步骤被拒绝", "refused at another step"}},
    {"key-destroyed",
     {"已扣款，但用的是已销毁的一代密钥，无法核对", "paid with a destroyed generation: nobody can check it"}},
    {"mac-not-of-home-city", {"已扣款，MAC与卡属地密钥不符", "paid, MACs are not of the home city's keys"}},
    {"tac-wrong", {"已扣款，TAC错误", "paid, the TAC is wrong"}},
    {"balance-wrong", {"卡内余额与历次消费不符", "the balance is not what earlier purchases left"}},
};

} // namespace

const VerdictInfo& info(Verdict verdict) {
    return verdicts[static_cast<std::size_t>(verdict)];
}

} // namespace tongka::simulator
