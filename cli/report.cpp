#include "cli/report.hpp"

#include <memory>
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/language.hpp"
#include "reports/report.hpp"
#include "reports/summary_text.hpp"

namespace tongka::cli {

void add_report(CLI::App& app, int& exit_status) {
    struct Typed {
        std::string folder;
        std::string out;
        std::string language;
        std::size_t one_page = reports::exchanges_of_one_page;
    };
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("report", "Make the reports of a run again from its record");
    command->add_option("folder", typed->folder, "Folder of the run, with its record.jsonl")
        ->required()
        ->type_name("DIR");
    command->add_option("--out", typed->out, "Where the reports go (default: the folder itself)")->type_name("DIR");
    command->add_option("--lang", typed->language, "Language of the reports: zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command
        ->add_option(
            "--one-page", typed->one_page,
            "Exchanges that report.html holds at most; a longer run gets a page for each case, in report-cases/")
        ->capture_default_str();
    command->footer("Example: tongka report out/first --lang zh");
    command->callback([typed, &exit_status] {
        const std::filesystem::path folder = typed->folder;
        const std::filesystem::path out = typed->out.empty() ? folder : std::filesystem::path(typed->out);
        const auto tongue = language(typed->language);
        const auto summary =
            reports::write_reports(folder / "record.jsonl", out, {.language = tongue, .one_page = typed->one_page});
        if (summary)
            fmt::print(
                "{}", reports::summary_text(*summary, out, {.language = tongue, .colour = isatty(STDOUT_FILENO) != 0}));
        else
            fmt::print(stderr, "tongka report: {}\n", summary.error().message);
        exit_status = summary ? 0 : 2;
    });
}

} // namespace tongka::cli
