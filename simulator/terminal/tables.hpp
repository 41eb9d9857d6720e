#pragma once

#include <string>

#include "simulator/terminal/parameters.hpp"
#include "simulator/terminal/table_file.hpp"

namespace tongka::simulator {

/// One field of a record of a table, for people.
struct TableField {
    std::string name;
    std::string value;
};

/// Parameter tables of clauses.md F: 1901 blacklist, 1912 accepted card types, 1913 properties of card types, 1914 load
/// rules, 1919 limits, 1920 transfer discounts. Their records go as that part has them; amounts of two bytes are fen.
/// A table of holder types (second section of 1912) stays empty.
[[nodiscard]] std::vector<TableFile> make_tables(const TerminalParameters& parameters,
                                                 const std::array<core::Byte, 4>& made_on);

/// Puts what a table says into parameters: types by their codes, all else in place of what was there. An Error for a
/// table of another id, or records of another size, or a blacklist that does not ascend, with the record's number.
[[nodiscard]] core::Result<void> apply_table(const TableFile& table, TerminalParameters& parameters);

/// Each record of a table as names and values; an Error as above.
[[nodiscard]] core::Result<std::vector<std::vector<TableField>>> describe_table(const TableFile& table);

} // namespace tongka::simulator
