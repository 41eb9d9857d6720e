#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/settle/commands.hpp"
#include "cli/settle/input.hpp"
#include "cli/settle/output_folder.hpp"
#include "core/output_file.hpp"
#include "harness/clearing/results.hpp"

namespace tongka::cli {
namespace {

namespace clearing = harness::clearing;

constexpr int something_set_aside = 1;
constexpr int could_not_run = 2;

struct Typed {
    SettleInput input;
    std::string out;
    std::string format = "text";
};

/// What became of all records, by verdict.
std::map<clearing::Verdict, clearing::Amount> by_verdict(const clearing::Findings& findings) {
    std::map<clearing::Verdict, clearing::Amount> sums;
    for (const auto& [key, amount] : findings.totals) {
        auto& sum = sums[std::get<2>(key)];
        sum.count += amount.count;
        sum.sum += amount.sum;
    }
    if (findings.bad_lines > 0)
        sums[clearing::Verdict::bad_line].count = findings.bad_lines;
    return sums;
}

nlohmann::ordered_json as_json(const clearing::Findings& findings, const clearing::Results& results,
                               std::size_t files) {
    nlohmann::ordered_json object{{"files", files},
                                  {"records", findings.records},
                                  {"accepted", results.accepted},
                                  {"set_aside", results.set_aside},
                                  {"file_faults", results.file_faults},
                                  {"verdicts", nlohmann::ordered_json::object()},
                                  {"notices", nlohmann::ordered_json::object()}};
    for (const auto& [verdict, amount] : by_verdict(findings)) {
        const auto& one = clearing::info(verdict);
        object["verdicts"][std::string(one.name)] = {
            {"code", one.code}, {"count", amount.count}, {"amount", amount.sum}};
    }
    for (const auto& notice : clearing::notices()) {
        const auto found = findings.notices.find(notice.notice);
        object["notices"][std::string(notice.name)] = found == findings.notices.end() ? 0 : found->second;
    }
    return object;
}

void print(const clearing::Findings& findings, const clearing::Results& results, std::size_t files,
           const std::string& out) {
    fmt::print("{} records in {} files: {} accepted, {} set aside\n", findings.records, files, results.accepted,
               results.set_aside);
    for (const auto& [verdict, amount] : by_verdict(findings)) {
        const auto& one = clearing::info(verdict);
        fmt::print("  {:02}  {:<13} {:>12}  {:>18} fen  {}\n", one.code, one.name, amount.count, amount.sum,
                   one.text.en);
    }
    for (const auto& notice : clearing::notices())
        if (const auto found = findings.notices.find(notice.notice); found != findings.notices.end())
            fmt::print("  notice {:<14} {:>7}  {}\n", notice.name, found->second, notice.text.en);
    if (results.file_faults > 0)
        fmt::print("  {} faults of headers, counts and whole files: {}/files.csv\n", results.file_faults, out);
    fmt::print("Results: {}\n", out);
}

core::Result<int> check(Typed& typed) {
    TONGKA_CHECK(must_be_free(typed.out));
    TONGKA_TRY(const auto findings, typed.input.check());
    TONGKA_TRY(auto folder, OutputFolder::create(typed.out));
    TONGKA_TRY(const auto results, clearing::write_results(typed.input.files(), typed.input.layout(), findings,
                                                           folder.path(), typed.input.jobs()));
    const auto files = typed.input.files().size();
    const auto summary = as_json(findings, results, files).dump(2) + "\n";
    TONGKA_TRY(auto file, core::OutputFile::create(folder.path() / "summary.json"));
    file.stream() << summary;
    TONGKA_CHECK(file.close());
    TONGKA_CHECK(file.commit());
    TONGKA_CHECK(folder.commit());
    if (typed.format == "json")
        fmt::print("{}", summary);
    else
        print(findings, results, files, typed.out);
    return results.set_aside + results.file_faults > 0 ? something_set_aside : 0;
}

} // namespace

void add_settle_check(CLI::App& settle, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = settle.add_subcommand("check", "Check every record: TAC, duplicates, counters, dates, amounts");
    typed->input.add_to(*command);
    command
        ->add_option("--out", typed->out,
                     "A folder without files: accepted/, set-aside.csv, notices.csv, totals.csv, files.csv")
        ->required()
        ->type_name("DIR");
    command->add_option("--format", typed->format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->footer("Every record ends in accepted/ or in set-aside.csv, none is dropped.\n"
                    "Exit status: 0 all accepted, 1 something was set aside, 2 it could not run.\n"
                    "Example: tongka settle check upload/ --layout FH --keys cn.keys --out checked");
    command->callback([typed, &exit_status] {
        auto end = check(*typed);
        if (!end)
            fmt::print(stderr, "tongka settle check: {}\n", end.error().message);
        exit_status = end ? *end : could_not_run;
    });
}

} // namespace tongka::cli
