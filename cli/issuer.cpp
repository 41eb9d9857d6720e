#include "cli/issuer.hpp"

#include <memory>

#include <fmt/format.h>

#include "cli/language.hpp"
#include "cli/table.hpp"
#include "core/message/frame.hpp"
#include "core/message/layout.hpp"
#include "core/message/response_code.hpp"

namespace tongka::cli {
namespace {

namespace message = core::message;

void add_rows(Table& table, const message::Layout& layout, std::uint16_t code, std::span<const message::Field> fields) {
    const std::string title = fmt::format("{:04X} {}", code, layout.name);
    if (fields.empty())
        table.rows.push_back(
            {title, "-", "0", "-", std::string(name(layout.source)), "-", std::string(layout.text.in(language()))});
    for (const auto& field : fields)
        table.rows.push_back({title, std::string(field.name), std::to_string(field.width),
                              std::string(name(field.type)), std::string(name(field.source)), std::string(field.from),
                              std::string(field.text.in(language()))});
}

Table messages() {
    Table table{{"message", "field", "bytes", "type", "source", "from", "meaning"}};
    for (const auto& layout : message::layouts()) {
        add_rows(table, layout, layout.code, layout.request);
        add_rows(table, layout, layout.code | message::reply_bit, layout.reply);
    }
    return table;
}

Table codes() {
    Table table{{"code", "name", "meaning"}};
    for (const auto& info : message::response_codes())
        table.rows.push_back({fmt::format("{:02X}", static_cast<unsigned>(info.code)), std::string(info.name),
                              std::string(info.text.in(language()))});
    return table;
}

} // namespace

void add_issuer(CLI::App& app, int& exit_status) {
    auto* issuer = app.add_subcommand("issuer", "The load host of a city, behind messages over TLS");
    issuer->require_subcommand(1);
    add_issuer_serve(*issuer, exit_status);
    add_issuer_admit(*issuer, exit_status);

    auto format = std::make_shared<std::string>("text");
    auto with_codes = std::make_shared<bool>(false);
    auto* command = issuer->add_subcommand("messages", "The fields of every message, each with its source");
    command->add_flag("--codes", *with_codes, "The response codes instead");
    command->add_option("--format", *format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->footer("Example: tongka issuer messages --codes");
    command->callback([format, with_codes, &exit_status] {
        const Table table = *with_codes ? codes() : messages();
        fmt::print("{}", *format == "json" ? as_json(table) : as_text(table));
        exit_status = 0;
    });
}

} // namespace tongka::cli
