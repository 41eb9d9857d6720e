#include "cli/keys/command.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/keys/no_core_file.hpp"
#include "core/keys/rotation.hpp"

namespace tongka::cli {

void run_when_asked(CLI::App& command, int& exit_status, KeysWork work) {
    command.callback([&command, &exit_status, work = std::move(work)] {
        const auto text = [&]() -> core::Result<std::string> {
            TONGKA_CHECK(core::forbid_core_files());
            return work();
        }();
        if (text)
            fmt::print("{}", *text);
        else
            fmt::print(stderr, "tongka keys {}: {}\n", command.get_name(), text.error().message);
        exit_status = text ? 0 : 2;
    });
}

CLI::Option* add_pass_file(CLI::App& command, const std::string& option, std::string& file, const std::string& what) {
    return command.add_option(option, file, "The pass phrase of " + what + " is the first line of this file")
        ->type_name("FILE");
}

std::string summary(const std::string& where, const core::KeyStore& store) {
    const auto kept = std::ranges::count_if(
        store.records(), [](const auto& record) { return record.state != core::KeyState::destroyed; });
    auto line = fmt::format("{}: {} keys of {}", where, kept, to_text(store.owner()));
    if (const auto now = generations(store)) {
        line += fmt::format("; generation {} is current", now->current);
        if (now->retiring)
            line += fmt::format(", {} retiring", *now->retiring);
        if (!now->prepared.empty())
            line += fmt::format(", {} prepared", fmt::join(now->prepared, " and "));
    }
    return line + "\n";
}

} // namespace tongka::cli
