#include "cli/campaign.hpp"

#include <algorithm>
#include <atomic>
#include <ctime>
#include <set>
#include <thread>
#include <unistd.h>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/progress.hpp"
#include "cli/resume.hpp"
#include "core/output_file.hpp"
#include "reports/vocabulary.hpp"

namespace tongka::cli {
namespace {

using reports::Outcome;

constexpr Outcome columns[] = {Outcome::pass,  Outcome::fail,    Outcome::observation,   Outcome::inconclusive,
                               Outcome::error, Outcome::not_run, Outcome::not_applicable};

/// An option of which every run gets its own value.
struct Own {
    const char* option;
    std::string SetUpOptions::*value;
    std::vector<std::string> given{};
};

std::vector<std::string> split(const std::string& joined) {
    std::vector<std::string> values;
    for (std::size_t at = 0; at <= joined.size();) {
        const auto end = std::min(joined.find(between_values, at), joined.size());
        values.push_back(joined.substr(at, end - at));
        at = end + 1;
    }
    return values;
}

/// "02-pcsc-ACS-ACR1281-00": what a folder can be called.
std::string folder_name(std::size_t number, const std::string& spec) {
    std::string name = fmt::format("{:02}-", number);
    for (const char c : spec) {
        const bool plain = std::isalnum(static_cast<unsigned char>(c)) != 0;
        if (plain || name.back() != '-')
            name += plain ? c : '-';
    }
    while (name.ends_with('-'))
        name.pop_back();
    return name;
}

/// Readers take one run at a time.
core::Result<void> check_readers(const std::vector<Own>& options, std::size_t runs) {
    std::set<std::string> readers;
    for (const auto& option : options)
        for (const auto& spec : option.given) {
            if (!spec.starts_with("pcsc:"))
                continue;
            if (option.given.size() < runs)
                return core::fail(fmt::format("{} {}: {} runs cannot have it at the same time: give one for each of "
                                              "them, or --jobs 1",
                                              option.option, spec, runs));
            if (!readers.insert(spec).second)
                return core::fail(fmt::format(
                    "{} {}: it is given twice: each run needs a reader of its own, or --jobs 1", option.option, spec));
        }
    return {};
}

struct Done {
    std::string name;
    std::string error; ///< why there was no run
    RanOne ran{};
};

nlohmann::ordered_json json_of(const Done& done) {
    nlohmann::ordered_json entry{{"name", done.name}};
    if (!done.error.empty()) {
        entry["error"] = done.error;
        entry["exit"] = could_not_run;
        return entry;
    }
    const auto& header = done.ran.summary.header;
    for (const auto& device : header.devices)
        entry["devices"][device.role] = {{"spec", device.spec}, {"reader", device.reader}, {"asn", device.asn}};
    entry["folder"] = done.ran.folder.filename().string();
    entry["profile"] = header.profile;
    for (const auto outcome : columns)
        entry["totals"][std::string(name_of(outcome))] = done.ran.summary.totals[outcome];
    entry["exchanges"] = done.ran.summary.exchanges;
    entry["us"] = done.ran.summary.us;
    entry["last_sha256"] = done.ran.summary.state.last_sha256;
    if (!done.ran.stopped.empty())
        entry["stopped"] = done.ran.stopped;
    entry["exit"] = done.ran.status;
    return entry;
}

/// "472 pass, 3 fail, 64 does not apply".
std::string text_of(const Done& done, core::Language language) {
    if (!done.error.empty())
        return done.error;
    std::string text;
    for (const auto outcome : columns)
        if (const auto count = done.ran.summary.totals[outcome]; count > 0)
            text +=
                fmt::format("{}{} {}", text.empty() ? "" : ", ", count, reports::outcome_words(outcome).in(language));
    return done.ran.stopped.empty() ? text : text + "; " + done.ran.stopped;
}

core::Result<void> write_summary(const std::filesystem::path& folder, const std::vector<Done>& runs) {
    std::error_code wrong;
    std::filesystem::create_directories(folder, wrong);
    TONGKA_TRY(auto file, core::OutputFile::create(folder / "summary.json"));
    nlohmann::ordered_json list = nlohmann::ordered_json::array();
    for (const auto& each : runs)
        list.push_back(json_of(each));
    file.stream() << nlohmann::ordered_json{{"format", 1}, {"runs", std::move(list)}}.dump(1) << '\n';
    TONGKA_CHECK(file.close());
    return file.commit();
}

/// Of runs that are to go on, those that had not begun begin, and those that had ended stay as they are.
core::Result<RanOne> run_or_go_on(RunRequest run, const harness::LoadedSuite& suite, core::Language language,
                                  decltype(harness::RunContext::progress) progress) {
    const auto record = std::filesystem::path(run.out) / "record.jsonl";
    run.resume = run.resume && std::filesystem::exists(record);
    if (run.resume) {
        TONGKA_TRY(const auto cut_off, read_cut_off(record));
        if (!cut_off)
            return ran_before(run.out, language);
    }
    return run_one(run, suite, std::move(progress));
}

/// Worse first: could not run, failed, left open, passed.
int worst(const std::vector<Done>& runs) {
    for (const auto status : {could_not_run, failed, left_open})
        for (const auto& each : runs)
            if ((each.error.empty() ? each.ran.status : could_not_run) == status)
                return status;
    return passed;
}

} // namespace

core::Result<std::vector<RunRequest>> requests_of(const RunRequest& request) {
    std::vector<Own> options = {{"--device", &SetUpOptions::card},
                                {"--psam", &SetUpOptions::psam},
                                {"--isam", &SetUpOptions::isam},
                                {"--profile", &SetUpOptions::profile},
                                {"--ics", &SetUpOptions::ics},
                                {"--state", &SetUpOptions::card_state},
                                {"--psam-state", &SetUpOptions::psam_state},
                                {"--isam-state", &SetUpOptions::isam_state}};
    std::size_t runs = 1;
    for (auto& option : options) {
        option.given = split(request.set_up.*option.value);
        runs = std::max(runs, option.given.size());
    }
    if (runs == 1)
        return std::vector{request};
    for (const auto& option : options)
        if (option.given.size() != 1 && option.given.size() != runs)
            return core::fail(
                fmt::format("{} was given {} times, but there are {} runs: once for all, or once for each",
                            option.option, option.given.size(), runs));
    for (const auto& option : {options[5], options[6], options[7]})
        if (option.given.size() == 1 && !option.given.front().empty())
            return core::fail(fmt::format("{} {}: {} runs cannot keep one memory: give one for each", option.option,
                                          option.given.front(), runs));
    if (request.jobs != 1)
        TONGKA_CHECK(check_readers(options, runs));
    if (request.asks_operator && request.jobs != 1)
        return core::fail("--operator: an operator attends to one run at a time: --jobs 1");

    const auto out = request.out.empty() ? fmt::format("out/runs-{:%Y%m%d-%H%M%S}", fmt::localtime(std::time(nullptr)))
                                         : request.out;
    std::vector<RunRequest> requests;
    for (std::size_t i = 0; i < runs; ++i) {
        auto one = request;
        std::string subject;
        for (const auto& option : options) {
            one.set_up.*option.value = option.given[option.given.size() == 1 ? 0 : i];
            if (subject.empty() && option.given.size() == runs)
                subject = one.set_up.*option.value;
        }
        one.out = (std::filesystem::path(out) / folder_name(i + 1, subject)).string();
        requests.push_back(std::move(one));
    }
    return requests;
}

core::Result<int> run_campaign(std::vector<RunRequest> runs, const RunRequest& request,
                               const harness::LoadedSuite& suite, core::Language language) {
    std::vector<Done> done(runs.size());
    std::vector<std::string> names;
    for (const auto& run : runs)
        names.push_back(std::filesystem::path(run.out).filename().string());
    const std::filesystem::path folder = std::filesystem::path(runs.front().out).parent_path();
    {
        Progress progress(names, isatty(STDERR_FILENO) != 0, language);
        std::atomic<std::size_t> next{0};
        const auto work = [&] {
            for (std::size_t i = next++; i < runs.size(); i = next++) {
                done[i].name = names[i];
                progress.begin(i);
                auto ran = run_or_go_on(
                    runs[i], suite, language,
                    [&, i](std::size_t count, std::size_t all, const harness::Case& test_case,
                           const harness::CaseResult& result) { progress.advance(i, count, all, test_case, result); });
                if (ran)
                    done[i].ran = std::move(*ran);
                else
                    done[i].error = ran.error().message;
                progress.end(i, text_of(done[i], language));
            }
        };
        std::vector<std::thread> threads;
        const auto jobs = request.jobs == 0 ? runs.size() : std::min<std::size_t>(request.jobs, runs.size());
        for (std::size_t i = 0; i < jobs; ++i)
            threads.emplace_back(work);
        for (auto& thread : threads)
            thread.join();
    }
    TONGKA_CHECK(write_summary(folder, done));
    for (const auto& each : done)
        fmt::print("{}  {}\n", each.name, text_of(each, language));
    fmt::print("{} {}\n", core::Text{"汇总", "Summary"}.in(language), (folder / "summary.json").string());
    return worst(done);
}

} // namespace tongka::cli
