#pragma once

#include <functional>
#include <string>

#include <CLI/App.hpp>

#include "core/result.hpp"

/// The commands of `tongka archive`, one file each.
namespace tongka::cli {

void add_archive_import(CLI::App& archive, int& exit_status);
void add_archive_search(CLI::App& archive, int& exit_status);
void add_archive_trend(CLI::App& archive, int& exit_status);
void add_archive_show(CLI::App& archive, int& exit_status);
void add_archive_remove(CLI::App& archive, int& exit_status);

inline constexpr const char* usual_archive = "archive.sqlite";

/// Where the archive is, how an answer looks and in which language.
struct ArchiveOptions {
    std::string file = usual_archive;
    std::string format = "text";
    std::string language;
};
void add_archive_file(CLI::App& command, ArchiveOptions& options);
void add_answer_options(CLI::App& command, ArchiveOptions& options);

/// --device, --vendor, --chip, --since, --until.
struct Wanted;
void add_wanted_runs(CLI::App& command, Wanted& wanted);

/// Prints what the work gives; an Error with the command before it, and exit status 2.
void answer_when_asked(CLI::App& command, int& exit_status, std::function<core::Result<std::string>()> work);

} // namespace tongka::cli
