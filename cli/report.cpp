#include "cli/report.hpp"

#include <memory>
#include <unistd.h>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/language.hpp"
#include "cli/print_report.hpp"
#include "core/output_file.hpp"
#include "reports/report.hpp"
#include "reports/summary_text.hpp"

namespace tongka::cli {

namespace {

struct Typed {
    std::string folder;
    std::string out;
    std::string language;
    std::size_t one_page = reports::exchanges_of_one_page;
    bool pdf = false;
    std::string data;
    std::string new_data;
};

/// report.pdf, or one for each language.
core::Result<void> print(const Typed& typed, const reports::Summary& summary, const std::filesystem::path& out) {
    reports::ReportData data;
    if (!typed.data.empty()) {
        TONGKA_TRY(data, reports::ReportData::load(typed.data));
    }
    if (typed.language != "both")
        return print_report(summary, data, language(typed.language), out, "report");
    TONGKA_CHECK(print_report(summary, data, core::Language::zh, out, "report-zh"));
    return print_report(summary, data, core::Language::en, out, "report-en");
}

core::Result<void> write_new_data(const std::string& file) {
    if (std::filesystem::exists(file))
        return core::fail(file + ": is there already");
    TONGKA_TRY(auto out, core::OutputFile::create(file));
    out.stream() << reports::empty_report_data();
    TONGKA_CHECK(out.close());
    return out.commit();
}

core::Result<void> run(const Typed& typed) {
    if (!typed.new_data.empty())
        return write_new_data(typed.new_data);
    if (typed.folder.empty())
        return core::fail("the folder of the run is missing");
    const std::filesystem::path folder = typed.folder;
    const std::filesystem::path out = typed.out.empty() ? folder : std::filesystem::path(typed.out);
    const auto tongue = typed.language == "both" ? language("") : language(typed.language);
    TONGKA_TRY(const auto summary,
               reports::write_reports(folder / "record.jsonl", out, {.language = tongue, .one_page = typed.one_page}));
    if (typed.pdf)
        TONGKA_CHECK(print(typed, summary, out));
    fmt::print("{}", reports::summary_text(summary, out, {.language = tongue, .colour = isatty(STDOUT_FILENO) != 0}));
    return {};
}

} // namespace

void add_report(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("report", "Make the reports of a run again from its record");
    command->add_option("folder", typed->folder, "Folder of the run, with its record.jsonl")->type_name("DIR");
    command->add_option("--out", typed->out, "Where the reports go (default: the folder itself)")->type_name("DIR");
    command
        ->add_option("--lang", typed->language,
                     "Language of the reports: zh, en, or both: a PDF in each (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en", "both"}));
    command->add_flag("--pdf", typed->pdf, "Also report.pdf, the report that is printed and signed (by WeasyPrint)");
    command
        ->add_option("--report-data", typed->data,
                     "With --pdf: client, sample, laboratory and who signs (see --new-data)")
        ->type_name("FILE");
    command->add_option("--new-data", typed->new_data, "Write an empty file for --report-data, to be filled in")
        ->type_name("FILE");
    command
        ->add_option(
            "--one-page", typed->one_page,
            "Exchanges that report.html holds at most; a longer run gets a page for each case, in report-cases/")
        ->capture_default_str();
    command->footer("Examples:\n"
                    "  tongka report out/first --lang zh\n"
                    "  tongka report --new-data order-17.yaml\n"
                    "  tongka report out/first --pdf --report-data order-17.yaml --lang both");
    command->callback([typed, &exit_status] {
        const auto done = run(*typed);
        if (!done)
            fmt::print(stderr, "tongka report: {}\n", done.error().message);
        exit_status = done ? 0 : 2;
    });
}

} // namespace tongka::cli
