#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/bytes.hpp"

namespace tongka::harness {

/// What an argument or a result of an action is: bytes (a number in big-endian order), or a word out of a list.
using ActionValue = std::variant<core::Bytes, std::string>;

/// The named arguments or results of an action, in the order given. Which names there are, and what each may be, is
/// said by the tables of harness/language/actions.hpp; whoever runs an action has held its arguments against them.
class Values {
public:
    using Item = std::pair<std::string, ActionValue>;

    /// `name` must not be there yet.
    Values& set(std::string_view name, core::Bytes bytes);
    Values& set(std::string_view name, core::BytesView bytes);
    Values& set_word(std::string_view name, std::string_view word);
    /// In four bytes, as u32 of the tables.
    Values& set_number(std::string_view name, std::uint32_t number);

    /// Null where it was not given.
    [[nodiscard]] const ActionValue* find(std::string_view name) const;

    /// Of an argument that is bytes, a word, a number by the tables; where it was not given: nothing, `otherwise`.
    [[nodiscard]] core::BytesView bytes(std::string_view name) const;
    [[nodiscard]] std::string_view word(std::string_view name, std::string_view otherwise = {}) const;
    [[nodiscard]] std::uint32_t number(std::string_view name, std::uint32_t otherwise = 0) const;

    [[nodiscard]] const std::vector<Item>& items() const { return items_; }

private:
    std::vector<Item> items_;
};

} // namespace tongka::harness
