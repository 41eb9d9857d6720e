#include "simulator/terminal/tables.hpp"

#include <filesystem>
#include <memory>

#include <fmt/format.h>

#include "cli/table.hpp"
#include "cli/terminal/commands.hpp"
#include "cli/terminal/flow.hpp"
#include "core/hex.hpp"
#include "core/output_file.hpp"

namespace tongka::cli {
namespace {

struct Typed {
    std::string file;
    std::string out;
    std::string format = "text";
    TerminalFlow flow; ///< for the date
};

core::Result<int> pack(const Typed& typed) {
    std::vector<simulator::SkippedLine> skipped;
    TONGKA_TRY(const auto parameters, simulator::load_parameters(typed.file, skipped));
    for (const auto& line : skipped)
        fmt::print(stderr, "{}:{}: '{}' is no card, and was skipped\n", line.file.native(), line.line, line.text);
    if (!parameters.blacklist.serials().empty())
        fmt::print(stderr, "{} blacklist entries without city and industry do not fit into table 1901\n",
                   parameters.blacklist.serials().size());
    TONGKA_TRY(const auto moment, typed.flow.when());
    std::array<core::Byte, 4> today{};
    std::copy_n(moment.begin(), today.size(), today.begin());
    std::error_code ignored;
    std::filesystem::create_directories(typed.out, ignored);
    for (const auto& table : make_tables(parameters, today)) {
        const auto path = std::filesystem::path(typed.out) / (core::to_hex(table.id) + ".table");
        TONGKA_TRY(auto file, core::OutputFile::create(path));
        const auto bytes = table.encode();
        file.stream().write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
        TONGKA_CHECK(file.commit());
        fmt::print("{}: {} records\n", path.native(), table.sections[0].records.size());
    }
    return parameters.blacklist.serials().empty() ? 0 : 1;
}

core::Result<int> show(const Typed& typed) {
    TONGKA_TRY(const auto file, simulator::TableFile::read(typed.file));
    const auto rows = describe_table(file);
    if (!rows)
        return core::fail(rows.error().at(typed.file));
    Table table;
    for (const auto& row : *rows) {
        auto& cells = table.rows.emplace_back();
        const bool first = table.columns.empty();
        for (const auto& field : row) {
            if (first)
                table.columns.push_back(field.name);
            cells.push_back(field.value);
        }
    }
    if (typed.format == "text")
        fmt::print("table {} of city {}, industry {}, made on {}: {} records\n", core::to_hex(file.id),
                   core::to_hex(file.city), core::to_hex(file.industry), core::to_hex(file.made_on), rows->size());
    if (typed.format == "json")
        fmt::print("{}", as_json(table));
    else if (!table.rows.empty())
        fmt::print("{}", as_text(table));
    return 0;
}

} // namespace

void add_terminal_tables(CLI::App& terminal, int& exit_status) {
    auto* tables = terminal.add_subcommand("tables", "Parameter tables of terminals in binary form (1901 to 1920)");
    tables->require_subcommand(1);
    auto packed = std::make_shared<Typed>();
    auto* pack_command = tables->add_subcommand("pack", "Make the tables out of a terminal's parameters");
    pack_command->add_option("parameters", packed->file, "The parameters (docs/terminal.md)")
        ->required()
        ->type_name("FILE");
    pack_command->add_option("--out", packed->out, "The folder for them")->required()->type_name("DIR");
    packed->flow.add_moment_to(*pack_command);
    pack_command->footer("Exit status: 0 done, 1 some blacklist entries did not fit, 2 it could not run.\n"
                         "Example: tongka terminal tables pack metro.yaml --out tables");
    run_flow(*pack_command, exit_status, [packed] { return pack(*packed); });
    auto shown = std::make_shared<Typed>();
    auto* show_command = tables->add_subcommand("show", "What a table holds");
    show_command->add_option("table", shown->file, "The table")->required()->type_name("FILE");
    show_command->add_option("--format", shown->format, "text or json")->check(CLI::IsMember({"text", "json"}));
    show_command->footer("Example: tongka terminal tables show tables/1901.table");
    run_flow(*show_command, exit_status, [shown] { return show(*shown); });
}

} // namespace tongka::cli
