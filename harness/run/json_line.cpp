#include "harness/run/json_line.hpp"

#include <algorithm>
#include <charconv>
#include <iterator>

#include <nlohmann/json.hpp>

namespace tongka::harness {

JsonLine::JsonLine(std::string_view kind) {
    text_.reserve(512);
    text_ += '{';
    add("kind", kind);
}

JsonLine& JsonLine::add(std::string_view key, std::string_view text) {
    write_key(key);
    write_text(text);
    return *this;
}

JsonLine& JsonLine::add(std::string_view key, std::uint64_t number) {
    write_key(key);
    char digits[20];
    const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
    text_.append(digits, end);
    return *this;
}

JsonLine& JsonLine::begin(std::string_view key, char bracket) {
    write_key(key);
    text_ += bracket;
    first_ = true;
    return *this;
}

JsonLine& JsonLine::begin_item(char bracket) {
    separate();
    text_ += bracket;
    first_ = true;
    return *this;
}

JsonLine& JsonLine::item(std::string_view text) {
    separate();
    write_text(text);
    return *this;
}

JsonLine& JsonLine::end(char bracket) {
    text_ += bracket;
    first_ = false;
    return *this;
}

std::string JsonLine::finish() && {
    text_ += '}';
    return std::move(text_);
}

void JsonLine::separate() {
    if (!first_)
        text_ += ',';
    first_ = false;
}

void JsonLine::write_key(std::string_view key) {
    separate();
    text_ += '"';
    text_ += key;
    text_ += "\":";
}

void JsonLine::write_text(std::string_view text) {
    const bool plain = std::ranges::all_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0x20 && byte < 0x7F && c != '"' && c != '\\';
    });
    if (!plain) {
        text_ += nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
        return;
    }
    text_ += '"';
    text_ += text;
    text_ += '"';
}

} // namespace tongka::harness
