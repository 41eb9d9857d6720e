#include "simulator/terminal/tables.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

using core::Byte;
using core::Bytes;
using core::BytesView;

constexpr Byte application_mode = 0x03; // 1912
constexpr Byte cpu_card = 0x01;         // physical type
constexpr Byte stored_value = 0x01;     // property
constexpr Byte may_sell = 0x80;         // switches of 1913: bit 7 sale, bit 6 load
constexpr Byte may_load = 0x40;

enum class Form : std::uint8_t { bytes, number, text, zeros };

/// One field of a record, in the order of clauses.md F.
struct Column {
    const char* name;
    Form form;
    std::size_t size;
};

constexpr Column blacklist[] = {{"city", Form::bytes, 2}, {"industry", Form::bytes, 2}, {"card", Form::bytes, 8}};
constexpr Column accepted[] = {
    {"application_mode", Form::bytes, 1}, {"physical", Form::bytes, 1}, {"sub_type", Form::bytes, 1},
    {"main_type", Form::bytes, 1},        {"name", Form::text, 16},     {"property", Form::bytes, 1},
    {"reserved", Form::zeros, 13}};
constexpr Column properties[] = {{"physical", Form::bytes, 1},  {"sub_type", Form::bytes, 1},
                                 {"main_type", Form::bytes, 1}, {"name", Form::text, 16},
                                 {"reserved", Form::zeros, 2},  {"switches", Form::bytes, 1}};
constexpr Column load_rules[] = {
    {"physical", Form::bytes, 1},       {"sub_type", Form::bytes, 1},       {"main_type", Form::bytes, 1},
    {"name", Form::text, 16},           {"sale", Form::bytes, 1},           {"load", Form::bytes, 1},
    {"first_minimum", Form::number, 2}, {"unit", Form::number, 2},          {"most_load", Form::number, 4},
    {"most_balance", Form::number, 4},  {"extension_days", Form::number, 4}};
constexpr Column limits[] = {{"physical", Form::bytes, 1},         {"sub_type", Form::bytes, 1},
                             {"main_type", Form::bytes, 1},        {"reserved", Form::zeros, 2},
                             {"minimum_balance", Form::number, 2}, {"most_overdraft", Form::number, 2},
                             {"reserved", Form::zeros, 8}};
constexpr Column discounts[] = {{"operator", Form::bytes, 3},
                                {"minutes", Form::number, 2},
                                {"percent", Form::number, 2},
                                {"amount", Form::number, 2},
                                {"reserved", Form::zeros, 11}};

struct Table {
    std::array<Byte, 2> id;
    std::span<const Column> columns;

    [[nodiscard]] std::size_t size() const {
        std::size_t sum = 0;
        for (const Column& column : columns)
            sum += column.size;
        return sum;
    }
};

const Table tables[] = {{{0x19, 0x01}, blacklist},  {{0x19, 0x12}, accepted}, {{0x19, 0x13}, properties},
                        {{0x19, 0x14}, load_rules}, {{0x19, 0x19}, limits},   {{0x19, 0x20}, discounts}};

/// Fills a record from left to right.
class Writer {
public:
    Writer& bytes(BytesView value) { return core::append(record_, value), *this; }
    Writer& byte(Byte value) { return record_.push_back(value), *this; }
    Writer& number(std::uint64_t value, std::size_t width) {
        for (std::size_t i = 0; i < width; ++i)
            record_.push_back(static_cast<Byte>(value >> (8 * i)));
        return *this;
    }
    Writer& text(const std::string& value, std::size_t width) {
        record_.insert(record_.end(), value.begin(), value.end());
        record_.resize(record_.size() - value.size() + width, ' ');
        return *this;
    }
    Writer& zeros(std::size_t count) { return record_.resize(record_.size() + count), *this; }
    [[nodiscard]] Bytes take() { return std::move(record_); }

private:
    Bytes record_;
};

Writer& type_head(Writer& writer, const CardType& type) {
    return writer.byte(cpu_card).byte(type.sub_type).byte(type.main_type);
}

std::uint64_t read_little(BytesView bytes) {
    std::uint64_t number = 0;
    for (std::size_t i = bytes.size(); i > 0; --i)
        number = number << 8 | bytes[i - 1];
    return number;
}

std::string read_text(BytesView bytes) {
    std::string text(bytes.begin(), bytes.end());
    text.resize(text.find_last_not_of(std::string_view(" \0", 2)) + 1);
    return text;
}

core::Result<const Table*> find(const TableFile& file) {
    const auto* table = std::ranges::find(tables, file.id, &Table::id);
    if (table == std::end(tables))
        return core::fail(fmt::format("table {} is not known", core::to_hex(file.id)));
    if (file.sections.empty() || file.sections[0].record_size != table->size())
        return core::fail(fmt::format("table {} has records of {} bytes", core::to_hex(file.id), table->size()));
    if (table->columns.data() == blacklist) {
        const auto& cards = file.sections[0].records;
        const auto unsorted = std::ranges::is_sorted_until(cards);
        if (unsorted != cards.end())
            return core::fail(fmt::format("record {}: comes before the one above it", unsorted - cards.begin() + 1));
    }
    return table;
}

/// A record taken apart by the columns' names.
class Reader {
public:
    Reader(const Table& table, BytesView record) : table_(table), record_(record) {}

    [[nodiscard]] BytesView operator[](std::string_view name) const {
        std::size_t at = 0;
        for (const Column& column : table_.columns) {
            if (column.name == name)
                return record_.subspan(at, column.size);
            at += column.size;
        }
        return {};
    }
    template <typename Number>
    void number(std::string_view name, Number& into) const {
        into = static_cast<Number>(read_little((*this)[name]));
    }

private:
    const Table& table_;
    BytesView record_;
};

CardType& type_of(const Reader& reader, TerminalParameters& parameters) {
    const Byte main = reader["main_type"][0];
    const Byte sub = reader["sub_type"][0];
    const auto found = std::ranges::find_if(parameters.types, [&](const CardType& type) { return type.is(main, sub); });
    if (found != parameters.types.end())
        return *found;
    return parameters.types.emplace_back(CardType{.main_type = main, .sub_type = sub});
}

void apply_discount(const Reader& reader, TerminalParameters& parameters) {
    TransferDiscount discount;
    std::ranges::copy(reader["operator"], discount.operator_code.begin());
    reader.number("minutes", discount.minutes);
    reader.number("percent", discount.percent);
    reader.number("amount", discount.amount);
    parameters.discounts.push_back(discount);
}

void apply_type(const Table& table, const Reader& reader, TerminalParameters& parameters) {
    CardType& type = type_of(reader, parameters);
    if (!reader["name"].empty())
        type.name = read_text(reader["name"]);
    if (table.columns.data() == properties) {
        type.sale = (reader["switches"][0] & may_sell) != 0;
        type.load = (reader["switches"][0] & may_load) != 0;
    } else if (table.columns.data() == load_rules) {
        type.sale = type.sale && reader["sale"][0] != 0;
        type.load = type.load && reader["load"][0] != 0;
        reader.number("first_minimum", type.first_minimum);
        reader.number("unit", type.unit);
        reader.number("most_load", type.most_load);
        reader.number("most_balance", type.most_balance);
        reader.number("extension_days", type.extension_days);
    } else if (table.columns.data() == limits) {
        reader.number("minimum_balance", type.minimum_balance);
        reader.number("most_overdraft", type.most_overdraft);
    }
}

} // namespace

std::vector<TableFile> make_tables(const TerminalParameters& parameters, const std::array<Byte, 4>& made_on) {
    std::vector<TableFile> made;
    for (const Table& table : tables) {
        TableFile file{.id = table.id,
                       .city = parameters.city,
                       .industry = parameters.industry,
                       .made_on = made_on,
                       .sections = {{.record_size = static_cast<std::uint16_t>(table.size())}}};
        auto& records = file.sections[0].records;
        if (table.columns.data() == blacklist)
            for (const auto& card : parameters.blacklist.cards())
                records.push_back(core::to_bytes(card));
        else if (table.columns.data() == discounts)
            for (const auto& discount : parameters.discounts)
                records.push_back(Writer()
                                      .bytes(discount.operator_code)
                                      .number(discount.minutes, 2)
                                      .number(discount.percent, 2)
                                      .number(discount.amount, 2)
                                      .zeros(11)
                                      .take());
        else
            for (const CardType& type : parameters.types) {
                Writer writer;
                if (table.columns.data() == accepted)
                    type_head(writer.byte(application_mode), type).text(type.name, 16).byte(stored_value).zeros(13);
                else if (table.columns.data() == properties)
                    type_head(writer, type)
                        .text(type.name, 16)
                        .zeros(2)
                        .byte(static_cast<Byte>((type.sale ? may_sell : 0) | (type.load ? may_load : 0)));
                else if (table.columns.data() == load_rules)
                    type_head(writer, type)
                        .text(type.name, 16)
                        .byte(type.sale)
                        .byte(type.load)
                        .number(type.first_minimum, 2)
                        .number(type.unit, 2)
                        .number(type.most_load, 4)
                        .number(type.most_balance, 4)
                        .number(type.extension_days, 4);
                else
                    type_head(writer, type)
                        .zeros(2)
                        .number(type.minimum_balance, 2)
                        .number(type.most_overdraft, 2)
                        .zeros(8);
                records.push_back(writer.take());
            }
        if (table.columns.data() == accepted)
            file.sections.push_back({.record_size = 2}); // holder type, passenger type
        made.push_back(std::move(file));
    }
    return made;
}

core::Result<void> apply_table(const TableFile& file, TerminalParameters& parameters) {
    TONGKA_TRY(const Table* table, find(file));
    if (table->columns.data() == blacklist)
        parameters.blacklist.clear();
    if (table->columns.data() == discounts)
        parameters.discounts.clear();
    std::vector<Blacklist::Card> cards;
    for (const Bytes& record : file.sections[0].records) {
        const Reader reader(*table, record);
        if (table->columns.data() == blacklist)
            std::copy_n(record.begin(), 12, cards.emplace_back().begin());
        else if (table->columns.data() == discounts)
            apply_discount(reader, parameters);
        else
            apply_type(*table, reader, parameters);
    }
    for (const auto& card : cards) // ascending, so that each goes to the end
        parameters.blacklist.add(card);
    return {};
}

core::Result<std::vector<std::vector<TableField>>> describe_table(const TableFile& file) {
    TONGKA_TRY(const Table* table, find(file));
    std::vector<std::vector<TableField>> rows;
    for (const Bytes& record : file.sections[0].records) {
        std::size_t at = 0;
        auto& row = rows.emplace_back();
        for (const Column& column : table->columns) {
            const auto bytes = BytesView(record).subspan(at, column.size);
            at += column.size;
            if (column.form != Form::zeros)
                row.push_back({column.name, column.form == Form::number ? std::to_string(read_little(bytes))
                                            : column.form == Form::text ? read_text(bytes)
                                                                        : core::to_hex(bytes)});
        }
    }
    return rows;
}

} // namespace tongka::simulator
