#include "cli/archive/trend.hpp"

#include <map>
#include <memory>

#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <fmt/format.h>

#include "cli/archive/answer.hpp"
#include "cli/archive/commands.hpp"
#include "cli/language.hpp"
#include "cli/table.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    ArchiveOptions options;
    Wanted wanted;
};

std::string as_text(const Archive::Rows& rows, core::Language tongue) {
    Table table{{"run", "started", "sample", "verdict", "changed", "device_us", "reason"}};
    std::size_t changes = 0;
    const nlohmann::ordered_json* last = nullptr;
    for (const auto& row : rows) {
        const bool changed = row.contains("was");
        if (changed) {
            ++changes;
            last = &row;
        }
        table.rows.push_back({shown(row, "run"), shown(row, "started"), shown(row, "sample"), shown(row, "verdict"),
                              changed ? fmt::format("{} → {}", shown(row, "was"), shown(row, "verdict")) : "",
                              shown(row, "device_us"), shown(row, "reason")});
    }
    auto text = as_text(table);
    if (last == nullptr)
        return text + std::string(core::Text{"结论没有变化\n", "The verdict did not change\n"}.in(tongue));
    return text + fmt::format(fmt::runtime(core::Text{"变化次数：{}，最近一次在运行{}（{}）\n",
                                                      "The verdict changed: {} ×, last in run {} ({})\n"}
                                               .in(tongue)),
                              changes, shown(*last, "run"), shown(*last, "started"));
}

core::Result<std::string> trend(const Typed& typed) {
    TONGKA_TRY(auto archive, Archive::open(typed.options.file, Archive::Absent::refuse));
    TONGKA_CHECK(archive.check_case(typed.wanted.cases));
    const auto tongue = language(typed.options.language);
    TONGKA_TRY(auto rows, archive.verdicts(typed.wanted, tongue));
    mark_changes(rows);
    return typed.options.format == "json" ? as_list(rows) : as_text(rows, tongue);
}

} // namespace

void mark_changes(Archive::Rows& rows) {
    std::map<std::string, std::string> latest;
    for (auto& row : rows) {
        const auto& verdict = row.at("verdict").get_ref<const std::string&>();
        const auto [known, first] = latest.try_emplace(row.at("sample").get<std::string>(), verdict);
        if (!first && known->second != verdict) {
            auto was = std::exchange(known->second, verdict);
            row["was"] = std::move(was);
        }
    }
}

void add_archive_trend(CLI::App& archive, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command =
        archive.add_subcommand("trend", "A case over the runs, the oldest first: verdicts, when they changed, times");
    command->add_option("case", typed->wanted.cases, "Its id")->required()->type_name("CASE");
    add_archive_file(*command, typed->options);
    add_wanted_runs(*command, typed->wanted);
    add_answer_options(*command, typed->options);
    command->footer("A verdict has changed where the run of the same sample before it had another one.\n"
                    "Example: tongka archive trend purchase-mac1-wrong --device card-7");
    answer_when_asked(*command, exit_status, [typed] { return trend(*typed); });
}

} // namespace tongka::cli
