#include <algorithm>
#include <memory>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "cli/settle/input.hpp"
#include "cli/table.hpp"
#include "cli/terminal/commands.hpp"
#include "core/bcd.hpp"
#include "core/hex.hpp"
#include "harness/clearing/record_writer.hpp"
#include "simulator/terminal/record_store.hpp"

namespace tongka::cli {
namespace {

using simulator::TerminalRecord;
namespace clearing = harness::clearing;

constexpr int something_left = 1;
constexpr int could_not_run = 2;

struct Typed {
    std::string records;
    std::string format = "text";
    std::string layout = "FH";
    std::string city;
    std::string date;
    std::string out;
    std::uint32_t serial = 1;
    std::uint64_t unit = 1;
    std::uint32_t collection_point = 1;
};

/// RFC 4180: quoted where a comma, a quote or a line's end is in it.
std::string csv_cell(std::string text) {
    if (text.find_first_of(",\"\r\n") == text.npos)
        return text;
    for (std::size_t at = text.find('"'); at != text.npos; at = text.find('"', at + 2))
        text.insert(at, 1, '"');
    return '"' + text + '"';
}

core::Result<void> show(const Typed& typed) {
    TONGKA_TRY(const auto store, simulator::RecordStore::open(typed.records));
    if (typed.format == "json") {
        auto all = nlohmann::ordered_json::array();
        for (const auto& record : store.records())
            all.push_back(nlohmann::ordered_json::parse(to_line(record)));
        fmt::print("{}\n", all.dump(2));
        return {};
    }
    if (typed.format == "csv") {
        fmt::print("{}\n", fmt::join(simulator::record_columns(), ","));
        for (const auto& record : store.records()) {
            auto cells = record_cells(record);
            for (auto& cell : cells)
                cell = csv_cell(std::move(cell));
            fmt::print("{}\n", fmt::join(cells, ","));
        }
        return {};
    }
    Table table{.columns = {"serial", "kind", "state", "card", "city", "counter", "before", "amount", "moment", "tac"}};
    for (const auto& record : store.records()) {
        const auto& purchase = record.purchase;
        table.rows.push_back({std::to_string(record.serial), std::string(name(record.kind)),
                              std::string(name(record.state)), core::to_hex(purchase.asn), core::to_hex(purchase.city),
                              std::to_string(purchase.counter), std::to_string(purchase.balance_before),
                              std::to_string(purchase.amount), core::to_hex(purchase.date_time),
                              core::to_hex(purchase.tac)});
    }
    fmt::print("{}", as_text(table));
    return {};
}

/// Nobody knows whether the card has paid.
bool is_grey(const TerminalRecord& record) {
    return record.state == TerminalRecord::State::pending || record.state == TerminalRecord::State::grey;
}

/// Whether a clearing file of purchases takes the record at all: no loads, nothing that was not paid, and nothing whose
/// MAC2 was wrong.
bool is_for_clearing(const TerminalRecord& record) {
    return record.kind != TerminalRecord::Kind::load && record.state != TerminalRecord::State::not_paid &&
           record.state != TerminalRecord::State::mac2_wrong;
}

/// A record as clearing files carry it: FH and its like (clauses.md A.1).
clearing::Transaction transaction_of(const TerminalRecord& record, const clearing::TacKeys::City& city) {
    const auto& purchase = record.purchase;
    clearing::Transaction made;
    made.serial = record.serial;
    made.pos_serial = record.serial;
    made.trading_city = city;
    made.home_city = purchase.city;
    made.asn = purchase.asn;
    made.terminal = purchase.terminal;
    made.pos = record.pos == decltype(record.pos){} ? purchase.terminal : record.pos;
    std::copy_n(purchase.psam.begin() + 2, made.psam.size(), made.psam.begin()); // the right-most 16 digits
    made.terminal_serial = static_cast<std::uint32_t>(core::read_big_endian(purchase.terminal_serial));
    made.counter = purchase.counter;
    made.balance_before = purchase.balance_before;
    made.amount = purchase.amount;
    made.date_time = purchase.date_time;
    made.tac = purchase.tac;
    made.type = record.kind == TerminalRecord::Kind::lock ? core::Byte{0x06} : purchase.type;
    made.main_type = record.main_type;
    made.sub_type = record.sub_type;
    made.card_version = record.card_version;
    made.lock = record.kind == TerminalRecord::Kind::lock;
    made.grey = is_grey(record);
    made.test = record.test ? 1 : 0;
    made.key_version = purchase.key_version;
    made.key_index = purchase.key_index;
    return made;
}

core::Result<int> upload(const Typed& typed) {
    const auto code = core::from_hex(typed.city);
    if (!code || code->size() != 2 || !core::is_bcd(*code))
        return core::fail(fmt::format("--city {}: a city code has four digits", typed.city));
    const clearing::TacKeys::City city{(*code)[0], (*code)[1]};
    TONGKA_TRY(const auto date, day(typed.date, "--date"));
    TONGKA_TRY(const auto layouts, suite_layouts());
    TONGKA_TRY(const auto* layout, clearing::find_layout(layouts, typed.layout));
    if (!layout->has_transactions())
        return core::fail(fmt::format("layout {} holds no transactions", layout->name));
    TONGKA_TRY(const auto store, simulator::RecordStore::open(typed.records));
    const clearing::FileName name{
        .date = core::to_hex(date), .city = typed.city, .serial = std::to_string(typed.serial)};
    const auto file_name =
        layout->file_name.empty() ? fmt::format("{}.{}", typed.city, layout->name) : make_file_name(*layout, name);
    const auto path = std::filesystem::path(typed.out) / file_name;
    if (std::filesystem::exists(path))
        return core::fail(fmt::format("{}: is there already: give another --serial", path.native()));
    std::error_code error;
    std::filesystem::create_directories(typed.out, error);
    TONGKA_TRY(auto writer, clearing::RecordWriter::create(path, *layout, name));
    std::uint64_t grey = 0;
    const bool carries_grey = std::ranges::any_of(
        layout->record.fields, [](const auto& field) { return field.means && field.means->name == "grey"; });
    for (const auto& record : store.records()) {
        if (!is_for_clearing(record))
            continue;
        grey += is_grey(record);
        if (is_grey(record) && !carries_grey)
            continue;
        auto transaction = transaction_of(record, city);
        transaction.merchant = typed.unit;
        transaction.collection_point = typed.collection_point;
        TONGKA_CHECK(writer.write(transaction));
    }
    const auto count = writer.records();
    TONGKA_CHECK(writer.finish());
    fmt::print("{} records: {}\n", count, path.native());
    if (grey > 0)
        fmt::print(stderr, "tongka terminal upload: {} purchases are not settled yet{}\n", grey,
                   carries_grey ? ", and go as grey records" : ": they stay in the journal (tongka terminal recover)");
    return grey > 0 ? something_left : 0;
}

} // namespace

void add_terminal_records(CLI::App& terminal, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = terminal.add_subcommand("records", "What a terminal's journal holds");
    command->add_option("records", typed->records, "The journal")
        ->required()
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    command->add_option("--format", typed->format, "text, json or csv")->check(CLI::IsMember({"text", "json", "csv"}));
    command->footer("Example: tongka terminal records terminal.records");
    command->callback([typed, &exit_status] {
        if (const auto end = show(*typed); !end) {
            fmt::print(stderr, "tongka terminal records: {}\n", end.error().message);
            exit_status = could_not_run;
        }
    });
}

void add_terminal_upload(CLI::App& terminal, int& exit_status) {
    auto typed = std::make_shared<Typed>();
    auto* command = terminal.add_subcommand("upload", "A clearing file out of a terminal's journal");
    command->add_option("records", typed->records, "The journal")
        ->required()
        ->type_name("FILE")
        ->check(CLI::ExistingFile);
    command->add_option("--city", typed->city, "The terminal's city, four digits")->required()->type_name("CODE");
    command->add_option("--layout", typed->layout, "Layout of the file")->type_name("NAME")->capture_default_str();
    command->add_option("--date", typed->date, "Date in the file's name (default: today)")->type_name("YYYYMMDD");
    command->add_option("--serial", typed->serial, "Serial in the file's name")->capture_default_str();
    command->add_option("--unit", typed->unit, "Operating unit")->capture_default_str();
    command->add_option("--collection-point", typed->collection_point, "Collection point")->capture_default_str();
    command->add_option("--out", typed->out, "The folder for it")->required()->type_name("DIR");
    command->footer("Exit status: 0 all is uploaded, 1 some purchases are not settled yet, 2 it could not run.\n"
                    "Example: tongka terminal upload terminal.records --city 7100 --out upload");
    command->callback([typed, &exit_status] {
        auto end = upload(*typed);
        if (!end)
            fmt::print(stderr, "tongka terminal upload: {}\n", end.error().message);
        exit_status = end ? *end : could_not_run;
    });
}

} // namespace tongka::cli
