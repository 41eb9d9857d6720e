#include "harness/device/action_values.hpp"

#include <algorithm>

namespace tongka::harness {

Values& Values::set(std::string_view name, core::Bytes bytes) {
    items_.emplace_back(std::string(name), std::move(bytes));
    return *this;
}

Values& Values::set(std::string_view name, core::BytesView bytes) {
    return set(name, core::to_bytes(bytes));
}

Values& Values::set_word(std::string_view name, std::string_view word) {
    items_.emplace_back(std::string(name), std::string(word));
    return *this;
}

Values& Values::set_number(std::string_view name, std::uint32_t number) {
    core::Bytes bytes(sizeof(number));
    for (std::size_t i = 0; i < bytes.size(); ++i)
        bytes[i] = static_cast<core::Byte>(number >> (8 * (bytes.size() - 1 - i)));
    return set(name, std::move(bytes));
}

const ActionValue* Values::find(std::string_view name) const {
    const auto found = std::ranges::find(items_, name, &Item::first);
    return found == items_.end() ? nullptr : &found->second;
}

core::BytesView Values::bytes(std::string_view name) const {
    const auto* value = find(name);
    return value == nullptr ? core::BytesView{} : core::BytesView(std::get<core::Bytes>(*value));
}

std::string_view Values::word(std::string_view name, std::string_view otherwise) const {
    const auto* value = find(name);
    return value == nullptr ? otherwise : std::string_view(std::get<std::string>(*value));
}

std::uint32_t Values::number(std::string_view name, std::uint32_t otherwise) const {
    return find(name) == nullptr ? otherwise : static_cast<std::uint32_t>(core::read_big_endian(bytes(name)));
}

} // namespace tongka::harness
