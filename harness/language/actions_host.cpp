#include "harness/language/actions.hpp"

namespace tongka::harness {
namespace {

constexpr std::string_view messages[] = {"log-in", "log-out", "load-request", "load-confirm"};
constexpr std::string_view outcomes[] = {"accepted", "refused", "no-answer"};

constexpr ActionSlot to_ask[] = {
    {.name = "message",
     .kind = ActionSlot::Kind::word,
     .required = true,
     .title = {"报文", "The message"},
     .words = messages},
    {.name = "fields", .title = {"报文内容", "What it holds"}},
};
constexpr ActionSlot of_request[] = {
    {.name = "outcome",
     .kind = ActionSlot::Kind::word,
     .required = true,
     .title = {"主机的应答", "What the host answers"},
     .words = outcomes},
    {.name = "reply", .title = {"应答内容", "What the answer holds"}},
};

constexpr ActionInfo actions[] = {
    {"request", {"发送报文", "Sends a message and takes the answer"}, to_ask, of_request}};

} // namespace

std::span<const ActionInfo> host_actions() {
    return actions;
}

} // namespace tongka::harness
