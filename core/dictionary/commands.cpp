#include "core/dictionary/commands.hpp"

#include <array>

#include "core/dictionary/command_tables.hpp"

namespace tongka::core::dictionary {

std::span<const std::span<const CommandForm>> command_forms() {
    static const std::array groups{general_commands(), purse_commands(), grey_lock_commands(), psam_commands(),
                                   issuing_commands()};
    return groups;
}

/// How much of the header the form fixes; nothing where it does not fit.
static std::optional<int> score(const CommandForm& form, const Command& command, std::optional<Device> device) {
    if (form.cla != command.cla || form.ins != command.ins)
        return std::nullopt;
    if (device && !fits(form.device, *device))
        return std::nullopt;
    int fixed = 0;
    const auto compare = [&](std::int16_t wanted, Byte byte) {
        fixed += wanted == any ? 0 : 1;
        return wanted == any || wanted == byte;
    };
    if (!compare(form.p1, command.p1) || !compare(form.p2, command.p2))
        return std::nullopt;
    if (form.data_field == DataField::maybe)
        return fixed;
    if ((form.data_field == DataField::present) == command.data.empty())
        return std::nullopt;
    return fixed + 1;
}

const CommandForm* find_command(const Command& command, std::optional<Device> device) {
    const CommandForm* best = nullptr;
    int best_score = -1;
    for (auto group : command_forms())
        for (const auto& form : group)
            if (const auto fixed = score(form, command, device); fixed && *fixed > best_score) {
                best = &form;
                best_score = *fixed;
            }
    return best;
}

} // namespace tongka::core::dictionary
