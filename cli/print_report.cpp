#include "cli/print_report.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/output_file.hpp"
#include "reports/print.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* program = "weasyprint";

/// Runs it, with what it says in a file; its exit status, or an Error where it could not be started.
core::Result<int> run(const std::string& page, const std::string& pdf, const std::string& said) {
    const std::string arguments[] = {program, "--quiet", page, pdf};
    char* argv[] = {const_cast<char*>(arguments[0].c_str()), const_cast<char*>(arguments[1].c_str()),
                    const_cast<char*>(arguments[2].c_str()), const_cast<char*>(arguments[3].c_str()), nullptr};
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    for (const int stream : {STDOUT_FILENO, STDERR_FILENO})
        posix_spawn_file_actions_addopen(&actions, stream, said.c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
    pid_t child = 0;
    const int failed = posix_spawnp(&child, program, &actions, nullptr, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    if (failed == ENOENT)
        return core::fail("weasyprint is not installed, which makes PDFs (Debian: weasyprint, fonts-noto-cjk)");
    if (failed != 0)
        return core::fail(fmt::format("weasyprint: {}", std::strerror(failed)));
    int status = 0;
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        continue;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

std::string last_line_of(const fs::path& file) {
    std::ifstream stream(file);
    std::string last;
    for (std::string line; std::getline(stream, line);)
        if (!line.empty())
            last = line;
    return last;
}

} // namespace

core::Result<void> print_report(const reports::Summary& summary, const reports::ReportData& data,
                                core::Language language, const fs::path& folder, const std::string& name) {
    const auto beside = [&](const char* ending) { return (folder / fmt::format("{}.{}{}", name, ::getpid(), ending)); };
    const auto page = beside(".html");
    const auto pdf = beside(".pdf");
    const auto said = beside(".log");
    const auto remove_all = [&] {
        std::error_code ignored;
        for (const auto& file : {page, pdf, said})
            fs::remove(file, ignored);
    };
    const auto make = [&]() -> core::Result<void> {
        TONGKA_TRY(auto file, core::OutputFile::create(page));
        reports::write_print(file.stream(), summary, data, language);
        TONGKA_CHECK(file.close());
        TONGKA_CHECK(file.commit());
        TONGKA_TRY(const int status, run(page.string(), pdf.string(), said.string()));
        if (status != 0)
            return core::fail(fmt::format("weasyprint failed ({}): {}", status, last_line_of(said)));
        std::error_code wrong;
        fs::rename(pdf, folder / (name + ".pdf"), wrong);
        if (wrong)
            return core::fail(fmt::format("{}.pdf: cannot be written: {}", (folder / name).string(), wrong.message()));
        return {};
    };
    auto made = make();
    remove_all();
    return made;
}

} // namespace tongka::cli
