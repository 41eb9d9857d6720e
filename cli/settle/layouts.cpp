#include <memory>

#include <fmt/format.h>

#include "cli/language.hpp"
#include "cli/settle/commands.hpp"
#include "cli/settle/input.hpp"
#include "cli/table.hpp"

namespace tongka::cli {

void add_settle_layouts(CLI::App& settle, int& exit_status) {
    auto format = std::make_shared<std::string>("text");
    auto* command = settle.add_subcommand("layouts", "The layouts of clearing files, and where each is known from");
    command->add_option("--format", *format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->footer("Example: tongka settle layouts --format json");
    command->callback([format, &exit_status] {
        const auto layouts = suite_layouts();
        if (!layouts) {
            fmt::print(stderr, "tongka settle layouts: {}\n", layouts.error().message);
            exit_status = 2;
            return;
        }
        Table table{.columns = {"layout", "record", "confidence", "title", "source"}};
        if (*format == "json")
            table.columns = {"layout", "record", "confidence", "title_zh", "title_en", "source", "note"};
        for (const auto& one : *layouts) {
            std::vector<std::string> row{one.name, std::to_string(one.record.width + (one.crc16 ? 2 : 0)),
                                         one.confidence};
            if (*format == "json")
                row.insert(row.end(), {one.title.zh, one.title.en, one.source, one.note});
            else
                row.insert(row.end(), {language() == core::Language::zh ? one.title.zh : one.title.en, one.source});
            table.rows.push_back(std::move(row));
        }
        fmt::print("{}", *format == "json" ? as_json(table) : as_text(table));
    });
}

} // namespace tongka::cli
