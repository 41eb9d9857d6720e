#include "cli/compare.hpp"

#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/compare_output.hpp"
#include "cli/language.hpp"
#include "core/duration.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    std::string before, after;
    double slower = reports::TimeBound{}.ratio;
    std::string at_least = "10 ms";
    std::string format = "text";
    std::string language;
};

std::filesystem::path record_of(const std::string& name) {
    const std::filesystem::path path = name;
    return std::filesystem::is_directory(path) ? path / "record.jsonl" : path;
}

core::Result<int> run(const Typed& typed) {
    const auto duration = core::parse_duration(typed.at_least);
    if (!duration)
        return core::fail(duration.error().at("--at-least"));
    const auto old_record = record_of(typed.before);
    const auto new_record = record_of(typed.after);
    TONGKA_TRY(const auto before, reports::summarize(old_record));
    TONGKA_TRY(const auto after, reports::summarize(new_record));
    TONGKA_TRY(auto old_pieces, reports::RecordPieces::open(old_record));
    TONGKA_TRY(auto new_pieces, reports::RecordPieces::open(new_record));

    TONGKA_TRY(auto comparison, reports::compare({before, old_pieces}, {after, new_pieces}));
    const reports::TimeBound bound{typed.slower, static_cast<std::uint64_t>(duration->count())};
    const auto times = reports::time_changes(comparison, bound);
    const Compared compared{{typed.before, before},
                            {typed.after, after},
                            std::move(comparison),
                            reports::set_up_changes(before.header, after.header),
                            times};
    fmt::print("{}", typed.format == "json" ? compared_as_json(compared)
                                            : compared_as_text(compared, language(typed.language)));
    return compared.comparison.worse() ? 1 : 0;
}

} // namespace

void add_compare(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("compare", "What changed from one run to another: what got worse first");
    command->add_option("before", typed->before, "Folder of the earlier run, or its record")
        ->required()
        ->type_name("DIR");
    command->add_option("after", typed->after, "Folder of the later run, or its record")->required()->type_name("DIR");
    command
        ->add_option("--slower", typed->slower,
                     "Tell of cases for which the device took more than this many times as long, or as short")
        ->check(CLI::Range(1.0, 1e6))
        ->type_name("RATIO")
        ->capture_default_str();
    command->add_option("--at-least", typed->at_least, "… and where the times are this far apart")
        ->type_name("DURATION")
        ->capture_default_str();
    command->add_option("--format", typed->format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->add_option("--lang", typed->language, "zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer(
        "Exit status: 0 nothing got worse, 1 something did, 2 they cannot be compared. Times do not count.\n"
        "Example: tongka compare out/last-week out/today --slower 2");
    command->callback([typed, &exit_status] {
        const auto status = run(*typed);
        if (!status)
            fmt::print(stderr, "tongka compare: {}\n", status.error().message);
        exit_status = status ? *status : 2;
    });
}

} // namespace tongka::cli
