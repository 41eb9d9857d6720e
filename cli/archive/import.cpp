#include <algorithm>
#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/archive/archive.hpp"
#include "cli/archive/commands.hpp"
#include "cli/language.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;

struct Typed {
    ArchiveOptions options;
    std::vector<std::string> folders;
    Sample sample;
    bool cut_off = false;
};

/// The record itself, that of a folder, or those of all folders in it: several devices have a folder each.
core::Result<std::vector<fs::path>> records_in(const std::string& name) {
    if (std::error_code error; !fs::is_directory(name, error))
        return std::vector<fs::path>{name};
    if (std::error_code error; fs::exists(fs::path(name) / "record.jsonl", error))
        return std::vector<fs::path>{fs::path(name) / "record.jsonl"};
    std::vector<fs::path> records;
    std::error_code error;
    fs::recursive_directory_iterator at(name, error);
    for (; !error && at != fs::recursive_directory_iterator(); at.increment(error))
        if (at->path().filename() == "record.jsonl")
            records.push_back(at->path());
    if (error)
        return core::fail(fmt::format("{}: cannot be read: {}", name, error.message()));
    if (records.empty())
        return core::fail(fmt::format("{}: there is no record.jsonl in it", name));
    std::ranges::sort(records);
    return records;
}

core::Result<std::string> import(const Typed& typed) {
    std::vector<fs::path> records;
    for (const auto& folder : typed.folders) {
        TONGKA_TRY(const auto found, records_in(folder));
        records.insert(records.end(), found.begin(), found.end());
    }
    std::vector<RunEntry> entries;
    for (const auto& record : records) {
        TONGKA_TRY(auto entry, read_entry(record, typed.sample));
        if (!entry.complete && !typed.cut_off)
            return core::fail(fmt::format("{}: the record has no end: the run was cut off, or is still going; "
                                          "--cut-off takes it as it is",
                                          record.string()));
        entries.push_back(std::move(entry));
    }
    TONGKA_TRY(auto archive, Archive::open(typed.options.file, Archive::Absent::make));
    TONGKA_TRY(const auto done, archive.add(entries));

    const auto say = core::Text{"{}：已导入，运行{}（{}）\n", "{}: imported as run {} ({})\n"};
    const auto say_again = core::Text{"{}：已在库中，运行{}（{}）\n", "{}: is there already as run {} ({})\n"};
    const auto tongue = language(typed.options.language);
    std::string text;
    for (std::size_t i = 0; i < done.size(); ++i)
        text += fmt::format(fmt::runtime((done[i].is_new ? say : say_again).in(tongue)), records[i].string(),
                            done[i].run, entries[i].sample);
    return text;
}

} // namespace

void add_archive_import(CLI::App& archive, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = archive.add_subcommand("import", "Take runs into the archive: all that are named, or none");
    command->add_option("folders", typed->folders, "Folders of runs, or folders with such folders in them")
        ->required()
        ->type_name("DIR");
    add_archive_file(*command, typed->options);
    command->add_option("--sample", typed->sample.name, "What the device is called (default: its ASN, name or spec)")
        ->type_name("NAME");
    command->add_option("--vendor", typed->sample.vendor, "Who made the card (default: as its ATR tells)")
        ->type_name("NAME");
    command->add_option("--chip", typed->sample.chip, "Which chip it has (default: whose, as its ATR tells)")
        ->type_name("NAME");
    command->add_flag("--cut-off", typed->cut_off, "Take runs that were cut off as they are, too");
    command->add_option("--lang", typed->options.language, "zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    command->footer("A run that is there already stays as it is.\n"
                    "Example: tongka archive import out/my-card --sample card-7 --chip SLE77");
    answer_when_asked(*command, exit_status, [typed] { return import(*typed); });
}

} // namespace tongka::cli
