#include "harness/language/action_page.hpp"

#include <fmt/format.h>

#include "harness/language/actions.hpp"

namespace tongka::harness {
namespace {

std::string row_of(const ActionSlot& slot, std::string_view kind) {
    auto form = form_of(slot);
    for (auto at = form.find('|'); at != std::string::npos; at = form.find('|', at + 2))
        form.insert(at, 1, '\\');
    return fmt::format("| {} | `{}` | {} | {} | {} {} |\n", kind, slot.name, form,
                       slot.required ? "always" : "optional", slot.title.zh, slot.title.en);
}

/// The first action of the role that gives the same results, where it is an earlier one.
const ActionInfo* same_results_before(Role role, const ActionInfo& action) {
    for (const auto& other : actions_of(role)) {
        if (&other == &action)
            return nullptr;
        if (other.results.data() == action.results.data())
            return &other;
    }
    return nullptr;
}

std::string section_of(Role role) {
    std::string text = fmt::format("\n## {}\n", name(role));
    for (const auto& action : actions_of(role)) {
        text +=
            fmt::format("\n### `{}`\n{} {}\n\n| | name | form | given | meaning |\n| --- | --- | --- | --- | --- |\n",
                        action.name, action.title.zh, action.title.en);
        for (const auto& slot : action.parameters)
            text += row_of(slot, "parameter");
        if (const auto* before = same_results_before(role, action))
            text += fmt::format("\nResults: those of `{}`.\n", before->name);
        else
            for (const auto& slot : action.results)
                text += row_of(slot, "result");
    }
    return text;
}

} // namespace

std::string action_page() {
    std::string text =
        "# What things under test can be asked to do\n\nThe actions of `do` ([cases.md](cases.md)), made "
        "from the tables of `harness/language/actions_*.cpp` (`cmake --build BUILD --target "
        "refresh_schemas`). `u32` is four bytes, big-endian.\n";
    for (const auto role : actor_roles)
        text += section_of(role);
    return text;
}

} // namespace tongka::harness
