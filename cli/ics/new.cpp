#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/data_directory.hpp"
#include "cli/ics/commands.hpp"
#include "cli/ics/sheet.hpp"
#include "cli/set_up.hpp"
#include "harness/plan/consistency.hpp"

namespace tongka::cli::ics {
namespace {

struct Typed {
    std::vector<std::string> kinds;
    std::string from;
    std::string out;
};

core::Result<void> write(const Typed& typed) {
    TONGKA_TRY(const auto proformas, load_proformas());
    harness::Declaration answers;
    auto kinds = typed.kinds;
    if (!typed.from.empty()) {
        TONGKA_TRY(auto profile, find_profile(typed.from));
        TONGKA_TRY(answers, harness::Declaration::load(profile.replace_extension(".ics.yaml"), proformas));
        if (kinds.empty())
            for (const auto* proforma : harness::kinds_of(answers, proformas))
                kinds.push_back(proforma->kind);
    }
    TONGKA_TRY(const auto chosen_ones, chosen(proformas, kinds));
    return write_new(typed.out, sheet(chosen_ones, answers));
}

} // namespace

void add_new(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("new", "Write a declaration to fill in, each question above its answer");
    command->add_option("--kind", typed->kinds, "Of what: card, psam, isam, reader, terminal (default: card,psam,isam)")
        ->delimiter(',')
        ->type_name("KIND,…");
    command->add_option("--from", typed->from, "Take the answers from this profile's declaration")
        ->type_name("PROFILE");
    command->add_option("--out", typed->out, "The file to write")->required()->type_name("FILE");
    command->footer("What is left empty counts as not answered: tongka ics check tells it.\n"
                    "Examples:\n"
                    "  tongka ics new --kind card,psam --out my-card.ics.yaml\n"
                    "  tongka ics new --from city-union --out my-card.ics.yaml");
    command->callback([typed, &exit_status] {
        const auto written = write(*typed);
        if (!written)
            fmt::print(stderr, "tongka ics new: {}\n", written.error().message);
        exit_status = written ? 0 : 2;
    });
}

} // namespace tongka::cli::ics
