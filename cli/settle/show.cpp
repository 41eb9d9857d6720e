#include <memory>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "cli/settle/commands.hpp"
#include "cli/settle/input.hpp"
#include "core/hex.hpp"
#include "harness/clearing/encoding.hpp"
#include "harness/clearing/field_codec.hpp"

namespace tongka::cli {
namespace {

namespace clearing = harness::clearing;

constexpr int something_bad = 1;
constexpr int could_not_run = 2;

struct Typed {
    std::string file;
    std::string layout;
    std::string format = "text";
    std::uint64_t from = 1;
    std::uint64_t count = 10;
};

/// A field as people read it: numbers of binary files in decimal, other bytes in hexadecimal.
std::string value_of(const clearing::Field& field, std::string_view text, const clearing::Layout& layout) {
    using clearing::FieldType;
    if (field.type == FieldType::big_endian || field.type == FieldType::little_endian)
        return std::to_string(clearing::number_of(field, text));
    if (field.type == FieldType::bytes || field.type == FieldType::bcd)
        return core::to_hex({reinterpret_cast<const core::Byte*>(text.data()), text.size()});
    return clearing::to_utf8(text, layout.encoding);
}

nlohmann::ordered_json fields_of(const clearing::RawRecord& raw, const clearing::Layout& layout) {
    nlohmann::ordered_json object;
    std::string_view rest = raw.text;
    for (const auto& field : layout.record.fields) {
        std::string_view text;
        if (layout.kind == clearing::Layout::Kind::csv) {
            text = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), text.size() + 1));
        } else if (field.width == 0) {
            const auto end = raw.text.size() - (layout.record.width - field.offset);
            text = raw.text.substr(field.offset, end - field.offset);
        } else {
            text = clearing::text_of(field, raw.text);
        }
        object[field.name] = value_of(field, text, layout);
    }
    return object;
}

core::Result<int> show(const Typed& typed) {
    TONGKA_TRY(const auto layouts, suite_layouts());
    TONGKA_TRY(const auto* layout, choose_layout(layouts, typed.layout, typed.file));
    TONGKA_TRY(auto reader, clearing::RecordReader::open(typed.file, *layout));
    const bool json = typed.format == "json";
    nlohmann::ordered_json all{{"layout", layout->name},
                               {"header", nlohmann::ordered_json::object()},
                               {"records", nlohmann::ordered_json::array()}};
    for (const auto& [name, text] : reader.head())
        all["header"][name] = text;
    if (!json)
        for (const auto& [name, text] : reader.head())
            fmt::print("{:<20} {}\n", name, text);
    std::uint64_t bad = 0;
    const clearing::FaultSink faults = [&](const clearing::Fault& fault) {
        fmt::print(stderr, "{}: {}\n", typed.file, fault.message());
        ++bad;
    };
    clearing::RawRecord raw;
    while (true) {
        TONGKA_TRY(const bool there, reader.read_raw(raw, faults));
        if (!there)
            break;
        if (reader.records() < typed.from || reader.records() >= typed.from + typed.count)
            continue;
        const auto fields = fields_of(raw, *layout);
        if (json) {
            all["records"].push_back(fields);
            continue;
        }
        fmt::print("\nrecord {} (line {})\n", reader.records(), raw.line);
        for (const auto& [name, value] : fields.items())
            fmt::print("  {:<18} {}\n", name, value.get<std::string>());
    }
    if (json)
        fmt::print("{}\n", all.dump(2));
    else
        fmt::print("\n{} records, layout {}\n", reader.records(), layout->name);
    return bad > 0 ? something_bad : 0;
}

} // namespace

void add_settle_show(CLI::App& settle, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = settle.add_subcommand("show", "A clearing file field by field, and what is wrong with its lines");
    command->add_option("file", typed->file, "The file")->required()->type_name("FILE");
    command->add_option("--layout", typed->layout, "Its layout (default: what its name tells)")->type_name("NAME");
    command->add_option("--from", typed->from, "First record to show")->capture_default_str();
    command->add_option("--count", typed->count, "How many")->capture_default_str();
    command->add_option("--format", typed->format, "text or json")->check(CLI::IsMember({"text", "json"}));
    command->footer("Exit status: 0 nothing is wrong, 1 something is (told on standard error), 2 it cannot be read.\n"
                    "Example: tongka settle show FH26112321440000000001 --from 7 --count 1");
    command->callback([typed, &exit_status] {
        auto end = show(*typed);
        if (!end)
            fmt::print(stderr, "tongka settle show: {}\n", end.error().message);
        exit_status = end ? *end : could_not_run;
    });
}

} // namespace tongka::cli
