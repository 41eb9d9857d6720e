#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/archive/answer.hpp"
#include "cli/archive/commands.hpp"
#include "cli/language.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    ArchiveOptions options;
    std::int64_t run = 0;
};

std::string as_text(const nlohmann::ordered_json& run) {
    std::string text;
    for (const auto& [name, value] : run.items())
        if (!value.is_array() && value != "")
            text += fmt::format("{}: {}\n", name, shown(run, name.c_str()));
    for (const auto& device : run.at("devices")) {
        text += fmt::format("device.{}:", shown(device, "role"));
        for (const auto& [name, value] : device.items())
            if (name != "role" && value != "")
                text += fmt::format(" {}={}", name, shown(device, name.c_str()));
        text += '\n';
    }
    if (const auto& cases = run.at("cases"); !cases.empty()) {
        constexpr std::array columns = {"verdict", "case", "device_us", "reason"};
        text += "\n" + as_table(cases.get<Archive::Rows>(), columns);
    }
    return text;
}

core::Result<std::string> show(const Typed& typed) {
    TONGKA_TRY(auto archive, Archive::open(typed.options.file, Archive::Absent::refuse));
    TONGKA_TRY(const auto run, archive.run(typed.run, language(typed.options.language)));
    return typed.options.format == "json" ? run.dump(2) + "\n" : as_text(run);
}

} // namespace

void add_archive_show(CLI::App& archive, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = archive.add_subcommand("show", "A run: its set-up, devices, and the cases that did not pass");
    command->add_option("run", typed->run, "Its number, as search tells it")->required()->type_name("RUN");
    add_archive_file(*command, typed->options);
    add_answer_options(*command, typed->options);
    command->footer("Example: tongka archive show 7");
    answer_when_asked(*command, exit_status, [typed] { return show(*typed); });
}

} // namespace tongka::cli
