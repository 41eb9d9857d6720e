#include "harness/clearing/split.hpp"

#include <memory>

#include <fmt/format.h>

#include "cli/settle/commands.hpp"
#include "cli/settle/input.hpp"
#include "cli/settle/output_folder.hpp"

namespace tongka::cli {
namespace {

namespace clearing = harness::clearing;

constexpr int something_refused = 1;
constexpr int could_not_run = 2;

struct Typed {
    SettleInput input;
    std::string settle_date;
    std::string out;
    std::uint64_t first_serial = 1;
};

core::Result<int> split(Typed& typed) {
    clearing::SplitSetup setup;
    TONGKA_TRY(setup.settle_date, day(typed.settle_date, "--settle-date"));
    setup.first_serial = typed.first_serial;
    TONGKA_CHECK(must_be_free(typed.out));
    TONGKA_TRY(const auto findings, typed.input.check());
    TONGKA_TRY(setup.home, clearing::find_layout(typed.input.layouts(), "DF"));
    TONGKA_TRY(setup.trade, clearing::find_layout(typed.input.layouts(), "DT"));
    TONGKA_TRY(setup.codes, clearing::find_layout(typed.input.layouts(), "EC"));
    TONGKA_TRY(auto folder, OutputFolder::create(typed.out));
    TONGKA_TRY(const auto made,
               clearing::split(typed.input.files(), typed.input.layout(), findings, setup, folder.path()));
    TONGKA_CHECK(folder.commit());
    fmt::print(
        "{} settled ({} fen) in {} files DF; {} refused ({} fen); {} lines in {} files DT; {} bad lines left out\n",
        made.settled.count, made.settled.sum, made.home_files, made.refused.count, made.refused.sum,
        made.settled.count + made.refused.count, made.trade_files, made.bad_lines);
    return made.refused.count + made.bad_lines > 0 ? something_refused : 0;
}

} // namespace

void add_settle_split(CLI::App& settle, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = settle.add_subcommand(
        "split",
        "Check uploads, and make DF files for home cities, DT files for trading cities, and a list of codes (EC)");
    typed->input.add_to(*command);
    command->add_option("--settle-date", typed->settle_date, "Date of settlement (default: today)")
        ->type_name("YYYYMMDD");
    command->add_option("--first-serial", typed->first_serial, "The centre's serial of the first record")
        ->capture_default_str();
    command->add_option("--out", typed->out, "A folder without files")->required()->type_name("DIR");
    command->footer(
        "Exit status: 0 all settled, 1 something was refused, 2 it could not run.\n"
        "Example: tongka settle split upload/ --layout FH --keys cn.keys --settle-date 20261124 --out download");
    command->callback([typed, &exit_status] {
        auto end = split(*typed);
        if (!end)
            fmt::print(stderr, "tongka settle split: {}\n", end.error().message);
        exit_status = end ? *end : could_not_run;
    });
}

} // namespace tongka::cli
