#include "harness/actor/reader_deviation.hpp"

#include <algorithm>

namespace tongka::harness {
namespace {

using enum ReaderDeviation;

// clang-format off
constexpr ReaderDeviationInfo table[] = {
    {adds_le, "reader-adds-le", {"T=1：给没有Le的命令加上Le", "T=1: commands without Le are given one"}},
    {answers_without_card, "reader-answers-without-card", {"卡片取走后仍重复上一应答", "With the card gone the answer before is given again"}},
    {atr_cut, "reader-atr-cut", {"复位应答少最后一字节", "The answer to reset lacks its last byte"}},
    {card_always_present, "reader-card-always-present", {"卡片取走后仍报告在位", "A card that was taken away is told as present"}},
    {class_masked, "reader-class-masked", {"清除CLA的低4位", "The low half of the class byte is cleared"}},
    {cold_is_warm, "reader-cold-is-warm", {"冷复位按热复位执行", "A cold reset leaves the power on"}},
    {connection_survives_card, "reader-connection-survives-card", {"换卡后原连接仍可用", "A connection goes on with the next card put in"}},
    {cuts_answers_at_255, "reader-cuts-answers-at-255", {"应答超过255字节即截断", "Of an answer no more than 255 bytes are handed on"}},
    {exclusive_beside_shared, "reader-exclusive-beside-shared", {"已有共享连接仍允许独占", "An exclusive connection is given beside a shared one"}},
    {features_cut, "reader-features-cut", {"功能列表最后一项不完整", "The last entry of the list of features is cut"}},
    {follows_61, "reader-follows-61", {"T=0：读卡器自行取应答，不交出61xx", "T=0: 61xx is followed by the reader itself"}},
    {follows_6c, "reader-follows-6c", {"T=0：读卡器自行重发，不交出6Cxx", "T=0: 6Cxx is followed by the reader itself"}},
    {impatient, "reader-impatient", {"等待卡片不足1秒", "A card is given less than a second"}},
    {lc_255_refused, "reader-lc-255-refused", {"拒绝255字节数据", "A command with 255 bytes of data is refused"}},
    {loses_byte_at_256, "reader-loses-byte-at-256", {"应答256字节时丢失最后一字节", "Of 256 bytes of data the last is lost"}},
    {no_cold_reset, "reader-no-cold-reset", {"冷复位不执行", "A cold reset does nothing, and the card keeps its state"}},
    {no_second_connection, "reader-no-second-connection", {"拒绝第二个共享连接", "A second shared connection is refused"}},
    {no_warm_reset, "reader-no-warm-reset", {"热复位不执行", "A warm reset does nothing"}},
    {other_protocol, "reader-other-protocol", {"要求T=0却使用T=1", "T=1 is spoken where T=0 was asked for"}},
    {repeats_commands, "reader-repeats-commands", {"每条命令发送两次", "Each command reaches the card twice"}},
    {resets_at_end, "reader-resets-between-connections", {"断开连接时总是复位", "The card is reset whenever a connection ends"}},
    {reset_not_told, "reader-reset-not-told", {"不告知其他连接卡片已复位", "Other connections do not learn of a reset"}},
    {swallows_le, "reader-swallows-le", {"T=1：去掉命令末尾的Le", "T=1: Le at the end of commands is left out"}},
    {swaps_status_word, "reader-swaps-status-word", {"SW1与SW2颠倒", "SW1 and SW2 are swapped"}},
    {transaction_open, "reader-transaction-open", {"事务不排斥其他连接", "A transaction does not keep others out"}},
    {two_exclusive, "reader-two-exclusive", {"允许两个独占连接", "Two exclusive connections are given"}},
    {warm_is_cold, "reader-warm-is-cold", {"热复位按冷复位执行", "A warm reset takes the power away"}},
    {wrong_6c, "reader-wrong-6c", {"T=0：6Cxx的长度不是卡片所给", "T=0: the length in 6Cxx is not the card's"}},
};
// clang-format on

} // namespace

std::span<const ReaderDeviationInfo> reader_deviation_table() {
    return table;
}

std::optional<ReaderDeviation> find_reader_deviation(std::string_view name) {
    const auto* found = std::ranges::find(table, name, &ReaderDeviationInfo::name);
    if (found == std::end(table))
        return std::nullopt;
    return found->deviation;
}

} // namespace tongka::harness
