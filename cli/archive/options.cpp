#include <string_view>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/archive/archive.hpp"
#include "cli/archive/commands.hpp"

namespace tongka::cli {
namespace {

/// The beginning of 2026-01-31T08:15:30Z, up to a number that is whole.
std::string not_a_time(const std::string& text) {
    constexpr std::string_view form = "dddd-dd-ddTdd:dd:ddZ";
    constexpr std::string_view ends = "-T:Z";
    bool right = text.size() >= 4 && text.size() <= form.size() &&
                 (text.size() == form.size() || ends.find(form[text.size()]) != std::string_view::npos);
    for (std::size_t i = 0; right && i < text.size(); ++i)
        right = form[i] == 'd' ? text[i] >= '0' && text[i] <= '9' : text[i] == form[i];
    return right ? "" : fmt::format("\"{}\" is no time: 2026, 2026-01, 2026-01-31 or 2026-01-31T08:15:30Z", text);
}

} // namespace

void add_archive_file(CLI::App& command, ArchiveOptions& options) {
    command.add_option("--archive", options.file, "The archive")->type_name("FILE")->capture_default_str();
}

void add_answer_options(CLI::App& command, ArchiveOptions& options) {
    command.add_option("--format", options.format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command.add_option("--lang", options.language, "zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
}

void add_wanted_runs(CLI::App& command, Wanted& wanted) {
    const CLI::Validator time(not_a_time, "TIME");
    command.add_option("--device", wanted.device, "Part of its sample name, spec, reader, ATR, UID, ASN or name")
        ->type_name("TEXT");
    command.add_option("--vendor", wanted.vendor, "Part of who made the card")->type_name("TEXT");
    command.add_option("--chip", wanted.chip, "Part of who made its chip")->type_name("TEXT");
    command.add_option("--since", wanted.since, "Runs that began then or later: 2026, 2026-01, 2026-01-31 … (UTC)")
        ->check(time);
    command.add_option("--until", wanted.until, "… and then or earlier: 2026-01 takes in the whole month")->check(time);
}

void answer_when_asked(CLI::App& command, int& exit_status, std::function<core::Result<std::string>()> work) {
    command.callback([&command, &exit_status, work = std::move(work)] {
        const auto text = work();
        if (text)
            fmt::print("{}", *text);
        else
            fmt::print(stderr, "tongka archive {}: {}\n", command.get_name(), text.error().message);
        exit_status = text ? 0 : 2;
    });
}

} // namespace tongka::cli
