#include "harness/language/actions.hpp"

namespace tongka::harness {
namespace {

using Kind = ActionSlot::Kind;

/// harness/actor/reader_port.hpp, PortOutcome.
constexpr std::string_view outcomes[] = {"ok", "busy", "no-card", "was-reset", "wrong-protocol", "timeout", "lost"};
constexpr std::string_view yes_or_no[] = {"yes", "no"};
constexpr std::string_view shares[] = {"shared", "exclusive"};
constexpr std::string_view protocols[] = {"t0", "t1"};
constexpr std::string_view asked_protocols[] = {"t0", "t1", "any"};
constexpr std::string_view connections[] = {"first", "second"};
constexpr std::string_view resets[] = {"warm", "cold"};
constexpr std::string_view dispositions[] = {"leave", "warm", "cold"};
constexpr std::string_view forms_of_list[] = {"whole", "cut", "none"};
constexpr std::string_view forms[] = {"whole", "cut", "too-long", "wrong-check"};

constexpr ActionSlot bytes(std::string_view slot, core::Text title) {
    return {.name = slot, .title = title};
}
constexpr ActionSlot number(std::string_view slot, core::Text title, bool always = false) {
    return {.name = slot, .kind = Kind::number, .required = always, .title = title};
}
constexpr ActionSlot word(std::string_view slot, core::Text title, std::span<const std::string_view> words,
                          bool always = false) {
    return {.name = slot, .kind = Kind::word, .required = always, .title = title, .words = words};
}

constexpr ActionSlot by = word("by", {"连接（缺省：第一个）", "Which connection (default: the first)"}, connections);
constexpr ActionSlot outcome = word("outcome", {"结果", "What it came to"}, outcomes, true);
constexpr ActionSlot atr = bytes("atr", {"复位应答", "Answer to reset"});
constexpr ActionSlot atr_form =
    word("atr-form", {"复位应答的结构", "Whether it is built as ISO/IEC 7816-3 says"}, forms);
constexpr ActionSlot protocol = word("protocol", {"使用的协议", "The protocol that is spoken"}, protocols);

constexpr ActionSlot of_status[] = {
    word("present", {"卡片在位", "Whether a card is there"}, yes_or_no, true),
    {.name = "name", .kind = Kind::word, .required = true, .title = {"读卡器名称", "Name of the reader"}},
    atr,
    atr_form,
};

constexpr ActionSlot to_connect[] = {
    by,
    word("share", {"共享方式（缺省：共享）", "How (default: shared)"}, shares),
    word("protocol", {"协议（缺省：任意）", "Which protocol (default: any)"}, asked_protocols),
};
constexpr ActionSlot of_connect[] = {outcome, protocol, atr, atr_form};

constexpr ActionSlot to_disconnect[] = {
    by, word("card", {"卡片：保持（缺省）、热复位、断电", "The card: left (default), reset, or without power"},
             dispositions)};
constexpr ActionSlot of_outcome[] = {outcome};

constexpr ActionSlot to_transmit[] = {
    by,
    {.name = "command", .required = true, .title = {"命令", "The command, as it is handed to the reader"}},
    bytes("data", {"命令之后的数据", "What follows it: Lc stands in the command"}),
    number("pattern", {"其后n字节00 01 02…", "This many bytes 00 01 02 … follow"}),
    bytes("le", {"最后的Le", "Le at the end"}),
};
constexpr ActionSlot of_transmit[] = {
    outcome,
    {.name = "sw", .title = {"状态字", "Status word"}, .width = 2},
    bytes("answer", {"应答数据", "Data of the answer"}),
    number("length", {"应答数据长度", "Length of that data"}),
    word("counts-up", {"数据为00 01 02…", "Whether the data is 00 01 02 …"}, yes_or_no),
    number("milliseconds", {"用时（毫秒）", "How long it took, in milliseconds"}),
};

constexpr ActionSlot to_reset[] = {
    by, {.name = "kind", .kind = Kind::word, .required = true, .title = {"热或冷", "Which"}, .words = resets}};

constexpr ActionSlot of_features[] = {
    outcome,
    word("form", {"列表结构", "Whether the list is built as PC/SC part 10 says, where there is one"}, forms_of_list,
         true),
    number("features", {"功能个数", "How many features there are"}),
    word("escape", {"有CCID escape", "Whether CCID escapes are among them"}, yes_or_no),
    word("pin-pad", {"有PIN输入", "Whether PINs can be verified at the reader"}, yes_or_no),
    bytes("tags", {"功能代码", "Their tags"}),
};

constexpr ActionSlot of_sharing[] = {
    word("second-shared", {"第二个共享连接", "A second shared connection"}, outcomes, true),
    word("exclusive-beside-shared", {"共享时请求独占", "An exclusive connection beside a shared one"}, outcomes, true),
    word("second-exclusive", {"独占时再次独占", "An exclusive connection beside an exclusive one"}, outcomes, true),
    word("shared-beside-exclusive", {"独占时请求共享", "A shared connection beside an exclusive one"}, outcomes, true),
    word("transaction", {"开始事务", "The beginning of a transaction"}, outcomes, true),
    word("keeps-out", {"事务期间排斥其他连接", "Whether it keeps the other connection out"}, yes_or_no, true),
    word("afterwards", {"事务结束后另一连接", "The other connection, when it has ended"}, outcomes, true),
};

constexpr ActionSlot to_time[] = {
    {.name = "count", .kind = Kind::number, .required = true, .title = {"次数", "How many exchanges"}}};
constexpr ActionSlot of_time[] = {
    outcome,
    number("count", {"完成的次数", "How many were answered"}, true),
    number("lowest", {"最短（微秒）", "Shortest, in microseconds"}, true),
    number("median", {"中位数（微秒）", "Median, in microseconds"}, true),
};

constexpr ActionInfo actions[] = {
    {"status", {"读卡器状态（不连接）", "What the service says of the reader, without a connection"}, {}, of_status},
    {"connect", {"连接", "Connects"}, to_connect, of_connect},
    {"disconnect", {"断开", "Disconnects"}, to_disconnect, of_outcome},
    {"exchange",
     {"与参考卡交换一条命令", "One exchange with the reference card (docs/reader.md)"},
     to_transmit,
     of_transmit},
    {"reset-card", {"复位卡片", "Resets the card under a connection"}, to_reset, of_connect},
    {"features", {"PC/SC第10部分功能", "Asks for the features of PC/SC part 10"}, {}, of_features},
    {"sharing",
     {"两个连接之间的规则", "Tries what two connections may do; needs none, and leaves none"},
     {},
     of_sharing},
    {"latency", {"最短交换的用时", "Times the shortest exchange over the first connection"}, to_time, of_time},
    {"remove", {"取出卡片", "Takes the card out"}, {}, of_outcome},
    {"insert", {"放入卡片", "Puts the card in"}, {}, of_outcome},
};

} // namespace

std::span<const ActionInfo> reader_actions() {
    return actions;
}

} // namespace tongka::harness
