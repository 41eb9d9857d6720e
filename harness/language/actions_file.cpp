#include "harness/language/actions.hpp"

namespace tongka::harness {
namespace {

constexpr std::string_view outcomes[] = {"accepted", "refused"};

constexpr ActionSlot of_check[] = {
    {.name = "outcome",
     .kind = ActionSlot::Kind::word,
     .required = true,
     .title = {"文件是否可用", "Whether the file can be taken"},
     .words = outcomes},
    {.name = "records", .kind = ActionSlot::Kind::number, .required = true, .title = {"记录数", "Records"}},
    {.name = "findings",
     .kind = ActionSlot::Kind::number,
     .required = true,
     .title = {"被剔除的记录数", "Records that are set aside"}},
};

constexpr ActionInfo actions[] = {{"check", {"检查清算文件", "Checks the clearing file"}, {}, of_check}};

} // namespace

std::span<const ActionInfo> file_actions() {
    return actions;
}

} // namespace tongka::harness
