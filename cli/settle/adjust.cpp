#include "harness/clearing/adjust.hpp"

#include <memory>

#include <fmt/format.h>

#include "cli/settle/commands.hpp"
#include "cli/settle/input.hpp"
#include "cli/settle/output_folder.hpp"

namespace tongka::cli {
namespace {

namespace clearing = harness::clearing;

constexpr int could_not_run = 2;

struct Typed {
    SettleInput input;
    std::string list;
    std::string settle_date;
    std::string out;
};

core::Result<void> adjust(Typed& typed) {
    clearing::AdjustSetup setup;
    TONGKA_TRY(setup.settle_date, day(typed.settle_date, "--settle-date"));
    TONGKA_CHECK(must_be_free(typed.out));
    TONGKA_CHECK(typed.input.find());
    TONGKA_TRY(setup.home, clearing::find_layout(typed.input.layouts(), "DF"));
    TONGKA_TRY(setup.trade, clearing::find_layout(typed.input.layouts(), "DT"));
    TONGKA_TRY(setup.adjustment, clearing::find_layout(typed.input.layouts(), "SA"));
    TONGKA_TRY(auto folder, OutputFolder::create(typed.out));
    TONGKA_TRY(const auto taken_up,
               clearing::adjust(typed.input.files(), typed.input.layout(), typed.list, setup, folder.path()));
    TONGKA_CHECK(folder.commit());
    fmt::print("{} records taken up again ({} fen)\n", taken_up.count, taken_up.sum);
    return {};
}

} // namespace

void add_settle_adjust(CLI::App& settle, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command =
        settle.add_subcommand("adjust", "Take refused records up again: SA files for trading cities, DF files "
                                        "for home cities");
    typed->input.add_files_to(*command);
    command->add_option("--list", typed->list, "A DT file with the rows to take up: none that was settled, none twice")
        ->required()
        ->type_name("FILE");
    command->add_option("--settle-date", typed->settle_date, "Date of settlement (default: today)")
        ->type_name("YYYYMMDD");
    command->add_option("--out", typed->out, "A folder without files")->required()->type_name("DIR");
    command->footer(
        "FILE: the uploads in which the records stood. Nothing is checked again: whoever makes the list has "
        "decided.\nExit status: 0 all taken up, 2 it could not be done, and nothing was written.\n"
        "Example: tongka settle adjust upload/ --layout FH --list rows.txt --settle-date 20261130 --out adjusted");
    command->callback([typed, &exit_status] {
        auto end = adjust(*typed);
        if (!end)
            fmt::print(stderr, "tongka settle adjust: {}\n", end.error().message);
        exit_status = end ? 0 : could_not_run;
    });
}

} // namespace tongka::cli
