#include "harness/language/names.hpp"

#include <algorithm>
#include <cstddef>

namespace tongka::harness {
namespace {

constexpr std::size_t longest_variable = 64;
constexpr std::size_t longest_slug = 100;

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}
bool is_lower(char c) {
    return c >= 'a' && c <= 'z';
}
bool is_upper(char c) {
    return c >= 'A' && c <= 'Z';
}
bool is_hex_digit(char c) {
    return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

} // namespace

bool is_name_character(char c) {
    return is_digit(c) || is_lower(c) || is_upper(c) || c == '_';
}

bool is_hex(std::string_view word) {
    return !word.empty() && std::ranges::all_of(word, is_hex_digit);
}

bool is_decimal(std::string_view word) {
    return !word.empty() && std::ranges::all_of(word, is_digit);
}

bool is_variable_name(std::string_view word) {
    return !word.empty() && word.size() <= longest_variable && is_lower(word[0]) &&
           std::ranges::all_of(word, [](char c) { return is_lower(c) || is_digit(c) || c == '_'; });
}

bool is_slug(std::string_view word) {
    return !word.empty() && word.size() <= longest_slug && word[0] != '-' &&
           std::ranges::all_of(word, [](char c) { return is_lower(c) || is_digit(c) || c == '-'; });
}

bool is_requirement_id(std::string_view word) {
    const auto first = word.find('-');
    const auto second = word.find('-', first == std::string_view::npos ? first : first + 1);
    if (second == std::string_view::npos)
        return false;
    const auto standard = word.substr(0, first);
    const auto group = word.substr(first + 1, second - first - 1);
    const auto number = word.substr(second + 1);
    return is_decimal(standard) && standard.size() >= 3 && standard.size() <= 5 && group.size() >= 2 &&
           group.size() <= 4 && std::ranges::all_of(group, is_upper) && is_decimal(number) && number.size() == 3;
}

} // namespace tongka::harness
