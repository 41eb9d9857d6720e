#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/archive/archive.hpp"
#include "cli/archive/commands.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    ArchiveOptions options;
    std::vector<std::int64_t> runs;
};

core::Result<std::string> remove(const Typed& typed) {
    TONGKA_TRY(auto archive, Archive::open(typed.options.file, Archive::Absent::refuse));
    TONGKA_CHECK(archive.remove(typed.runs));
    return std::string();
}

} // namespace

void add_archive_remove(CLI::App& archive, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = archive.add_subcommand("remove", "Take runs out of the archive; their folders stay");
    command->add_option("runs", typed->runs, "Their numbers, as search tells them")->required()->type_name("RUN");
    add_archive_file(*command, typed->options);
    command->footer("Example: tongka archive remove 7 8");
    answer_when_asked(*command, exit_status, [typed] { return remove(*typed); });
}

} // namespace tongka::cli
