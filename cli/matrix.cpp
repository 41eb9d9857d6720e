#include "cli/matrix.hpp"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <thread>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/data_directory.hpp"
#include "cli/language.hpp"
#include "cli/matrix_output.hpp"
#include "core/hex.hpp"
#include "core/output_file.hpp"

namespace tongka::cli {
namespace {

using simulator::City;
using simulator::NetworkPlan;

constexpr int could_not_run = 2;

struct Typed {
    std::size_t cities = 86;
    std::uint64_t seed = 1;
    std::string algorithm = "3des";
    std::string out;
    std::string format = "text";
    std::string language;
    std::vector<std::string> faults;
    std::vector<std::string> interop;
    unsigned threads = 0;
};

core::Result<std::size_t> city_by_code(const NetworkPlan& plan, const std::string& option, const std::string& code) {
    const auto found = std::ranges::find(plan.cities, code, [](const City& city) { return code_of(city); });
    if (found == plan.cities.end())
        return core::fail(fmt::format("{}: no city of these {} has the code {}", option, plan.cities.size(), code));
    return static_cast<std::size_t>(found - plan.cities.begin());
}

/// `KIND` or `KIND=CODE`. Without a city each kind gets one of its own, by the seed, where there are enough.
core::Result<void> plant(NetworkPlan& plan, const std::string& text) {
    const auto equals = text.find('=');
    const auto kind = text.substr(0, equals);
    const auto table = simulator::fault_table();
    const auto found = std::ranges::find(table, kind, &simulator::FaultInfo::name);
    if (found == table.end()) {
        std::vector<std::string_view> names;
        for (const auto& one : table)
            names.push_back(one.name);
        return core::fail(
            fmt::format("--break {}: there is no such fault; there are {}", text, fmt::join(names, ", ")));
    }
    const auto number = static_cast<std::size_t>(found - table.begin());
    const std::size_t step = std::max<std::size_t>(plan.cities.size() / table.size(), 1);
    std::size_t city = (plan.seed + number * step) % plan.cities.size();
    if (equals != std::string::npos) {
        TONGKA_TRY(city, city_by_code(plan, "--break " + text, text.substr(equals + 1)));
    }
    plan.faults.push_back({found->fault, city});
    return {};
}

/// `CODE=FLAG`, four digits each.
core::Result<void> set_interop(NetworkPlan& plan, const std::string& text) {
    const auto equals = text.find('=');
    if (equals == std::string::npos)
        return core::fail(fmt::format("--interop {}: is not CODE=FLAG", text));
    TONGKA_TRY(const auto city, city_by_code(plan, "--interop " + text, text.substr(0, equals)));
    TONGKA_TRY(const auto flag, core::from_hex(text.substr(equals + 1), 2, "--interop " + text + ": the flag"));
    std::ranges::copy(flag, plan.cities[city].interop.begin());
    return {};
}

core::Result<NetworkPlan> plan_of(const Typed& typed) {
    NetworkPlan plan;
    const auto cities = simulator::example_cities().first(typed.cities);
    plan.cities.assign(cities.begin(), cities.end());
    plan.seed = typed.seed;
    TONGKA_TRY(plan.algorithm, core::parse_algorithm(typed.algorithm));
    TONGKA_TRY(const auto path,
               find_profile(plan.algorithm == core::Algorithm::sm4 ? std::string("sm4") : default_profile));
    TONGKA_TRY(plan.profile, core::load_profile(path));
    for (const auto& text : typed.interop)
        TONGKA_CHECK(set_interop(plan, text));
    for (const auto& text : typed.faults)
        TONGKA_CHECK(plant(plan, text));
    return plan;
}

template <typename Write>
core::Result<void> write_file(const std::filesystem::path& path, const Write& write) {
    TONGKA_TRY(auto file, core::OutputFile::create(path));
    write(file.stream());
    return file.commit();
}

core::Result<void> write_all(const std::filesystem::path& folder, const NetworkPlan& plan, const Rounds& rounds) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        return core::fail(fmt::format("--out {}: {}", folder.string(), error.message()));
    for (const auto& round : rounds) {
        TONGKA_CHECK(write_file(folder / (stem(round) + ".csv"), [&](auto& out) { write_csv(out, plan, round); }));
        TONGKA_CHECK(write_file(folder / (stem(round) + ".svg"), [&](auto& out) { write_svg(out, plan, round); }));
    }
    TONGKA_CHECK(
        write_file(folder / "matrix.json", [&](auto& out) { out << to_json(plan, rounds, true).dump() << '\n'; }));
    return write_file(folder / "index.html", [&](auto& out) { write_page(out, plan, rounds); });
}

void print_unplanned(const NetworkPlan& plan, const simulator::MatrixRound& round, core::Language in) {
    constexpr std::size_t most = 5;
    std::size_t printed = 0;
    for (std::size_t card = 0; card < round.cities; ++card)
        for (std::size_t terminal = 0; terminal < round.cities; ++terminal) {
            const std::size_t pair = round.at(card, terminal);
            if (round.as_planned(pair) || printed++ >= most)
                continue;
            const auto& outcome = round.outcomes[pair];
            const auto& planned = round.expected[pair];
            fmt::print("    {} {} → {} {}: {}", code_of(plan.cities[card]), plan.cities[card].name.in(in),
                       code_of(plan.cities[terminal]), plan.cities[terminal].name.in(in),
                       info(outcome.verdict).title.in(in));
            if (outcome.verdict == planned.verdict)
                fmt::print(fmt::runtime(
                               core::Text{"（密钥索引{:02X}，应为{:02X}）", " (key index {:02X}, not {:02X})"}.in(in)),
                           outcome.key_index, planned.key_index);
            fmt::print("\n");
        }
    if (printed > most)
        fmt::print("    … {} {}\n", core::Text{"共", "in all"}.in(in), printed);
}

void print_text(const NetworkPlan& plan, const Rounds& rounds, core::Language in, double seconds) {
    for (const auto& planted : plan.faults)
        fmt::print("{}: {} {}: {}\n", core::Text{"故意设置", "planted"}.in(in), code_of(plan.cities[planted.city]),
                   plan.cities[planted.city].name.in(in), info(planted.fault).title.in(in));
    for (const auto& round : rounds) {
        fmt::print("{}. {}  {}\n", static_cast<unsigned>(round.stage) + 1, title(round.stage).in(in), day(round));
        const auto counts = round.counts();
        for (std::size_t i = 0; i < counts.size(); ++i)
            if (counts[i] != 0)
                fmt::print("  {:>5} {}\n", counts[i], info(static_cast<simulator::Verdict>(i)).title.in(in));
        if (round.unplanned() != 0)
            fmt::print("  {:>5} {}\n", round.unplanned(), core::Text{"与计划不符：", "not as planned:"}.in(in));
        print_unplanned(plan, round, in);
    }
    fmt::print("{}\n",
               in == core::Language::zh ? fmt::format("用时 {:.2f} 秒", seconds) : fmt::format("{:.2f} s", seconds));
}

core::Result<int> run(const Typed& typed) {
    TONGKA_TRY(const auto plan, plan_of(typed));
    const unsigned threads = typed.threads != 0 ? typed.threads : std::max(std::thread::hardware_concurrency(), 1u);
    const auto begin = std::chrono::steady_clock::now();
    TONGKA_TRY(const auto rounds, simulator::run_matrix(plan, threads));
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    if (!typed.out.empty())
        TONGKA_CHECK(write_all(typed.out, plan, rounds));
    if (typed.format == "json")
        fmt::print("{}\n", to_json(plan, rounds, false).dump(2));
    else
        print_text(plan, rounds, language(typed.language), taken.count());
    const bool right = std::ranges::all_of(rounds, [](const auto& round) { return round.unplanned() == 0; });
    return right ? 0 : 1;
}

} // namespace

void add_matrix(CLI::App& app, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = app.add_subcommand("matrix", "Cards of up to 86 cities at each other's terminals, before, during "
                                                 "and after a roll-over of the national keys");
    command->add_option("--cities", typed->cities, "How many: the first of an example list of 80 cities and 6 projects")
        ->check(CLI::Range(std::size_t{1}, simulator::example_cities().size()))
        ->capture_default_str();
    command->add_option("--seed", typed->seed, "Of the keys and random numbers, which serve this run alone")
        ->type_name("NUMBER")
        ->capture_default_str();
    command->add_option("--algorithm", typed->algorithm, "3des or sm4")
        ->check(CLI::IsMember({"3des", "sm4"}))
        ->capture_default_str();
    command->add_option("--out", typed->out, "Where tables (CSV, JSON), pictures (SVG) and their page go")
        ->type_name("DIR");
    command->add_option("--format", typed->format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->add_option("--lang", typed->language, "zh or en (default: the locale's)")
        ->check(CLI::IsMember({"zh", "en"}));
    std::string kinds;
    for (const auto& fault : simulator::fault_table())
        kinds += fmt::format("{}{}", kinds.empty() ? "" : ", ", fault.name);
    command->add_option("--break", typed->faults, "Plant a fault, in the city CODE: " + kinds)
        ->type_name("KIND[=CODE]");
    command
        ->add_option("--interop", typed->interop,
                     "Interop flag of a city's cards: 0001 everywhere, 0000 at home alone, a city code there too")
        ->type_name("CODE=FLAG");
    command->add_option("--threads", typed->threads, "How many threads tap (default: one a core)")
        ->check(CLI::Range(1u, 64u));
    command->footer("Exit status: 0 every pair ended as planned, 1 some did not, 2 it could not run.\n"
                    "Example: tongka matrix --out matrix --break not-renewed");
    command->callback([typed, &exit_status] {
        const auto end = run(*typed);
        if (!end)
            fmt::print(stderr, "tongka matrix: {}\n", end.error().message);
        exit_status = end ? *end : could_not_run;
    });
}

} // namespace tongka::cli
