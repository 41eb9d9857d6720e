#include "reports/decoded.hpp"

#include <algorithm>
#include <optional>

#include "core/dictionary/decode.hpp"
#include "core/hex.hpp"

namespace tongka::reports {
namespace {

namespace dictionary = core::dictionary;
using core::Text;

Words owned(Text text) {
    return {std::string(text.zh), std::string(text.en)};
}

/// Bytes of a record's hex, and which of them were kept out of it.
struct Redacted {
    core::Bytes bytes;
    std::vector<bool> hidden;

    [[nodiscard]] bool hides(std::size_t offset, std::size_t size) const {
        const auto first = hidden.begin() + static_cast<std::ptrdiff_t>(offset);
        return std::find(first, first + static_cast<std::ptrdiff_t>(size), true) !=
               first + static_cast<std::ptrdiff_t>(size);
    }
};

std::optional<Redacted> read(std::string_view text) {
    Redacted read;
    std::string digits(text);
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        const bool hidden = digits[i] == '*' && digits[i + 1] == '*';
        read.hidden.push_back(hidden);
        if (hidden)
            digits[i] = digits[i + 1] = '0';
    }
    auto bytes = core::from_hex(digits);
    if (!bytes || bytes->size() != read.hidden.size())
        return std::nullopt;
    read.bytes = *std::move(bytes);
    return read;
}

/// The dictionary's text for a field without the field's digits, which stand beside it anyway.
std::string without_digits(const dictionary::DecodedField& field, core::BytesView bytes) {
    if (dictionary::is_secret(field.kind))
        return {};
    const auto digits = core::to_hex(bytes);
    std::string bare;
    std::ranges::copy_if(field.text, std::back_inserter(bare), [](char c) { return c != ' '; });
    if (bare == digits)
        return {};
    return field.text.starts_with(digits + ' ') ? field.text.substr(digits.size() + 1) : field.text;
}

/// What stands in a command's frame (ISO/IEC 7816-4, 5.1) from `from` up to `to`.
Words frame_part(std::size_t from, std::size_t to, std::size_t whole) {
    std::string name;
    const auto add = [&](std::size_t first, std::size_t last, const char* part) {
        if (from <= first && last <= to)
            name += (name.empty() ? "" : " ") + std::string(part);
    };
    add(0, 2, "CLA INS");
    add(2, 3, "P1");
    add(3, 4, "P2");
    if (to > 4)
        name += (name.empty() ? "" : " ") + std::string(from <= 4 && to < whole ? "Lc" : "Le");
    if (name.empty())
        return {"命令字节", "command bytes"};
    return {name, name};
}

Words answer_part(std::size_t, std::size_t, std::size_t) {
    return {"数据", "data"};
}

/// The dictionary's fields in both languages, and between them what it says nothing about.
template <typename Part>
std::vector<DecodedField> fields_of(const std::vector<dictionary::DecodedField>& zh,
                                    const std::vector<dictionary::DecodedField>& en, const Redacted& from,
                                    std::size_t whole, Part part) {
    std::vector<DecodedField> fields;
    std::size_t at = 0;
    const auto fill = [&](std::size_t to) {
        if (at < to)
            fields.push_back({at, to - at, 0, part(at, to, whole), {}});
        at = std::max(at, to);
    };
    for (std::size_t i = 0; i < zh.size(); ++i) {
        const auto& field = zh[i];
        if (field.depth == 0)
            fill(field.offset);
        const auto bytes = core::BytesView(from.bytes).subspan(field.offset, field.size);
        Words meaning;
        if (!from.hides(field.offset, field.size))
            meaning = {without_digits(field, bytes), without_digits(en[i], bytes)};
        fields.push_back({field.offset, field.size, field.depth, owned(field.name), std::move(meaning)});
        if (field.depth == 0)
            at = field.offset + field.size;
    }
    fill(whole);
    return fields;
}

std::optional<dictionary::Device> device_of(std::string_view role) {
    if (role == "card")
        return dictionary::Device::card;
    if (role == "psam" || role == "isam")
        return dictionary::Device::psam;
    return std::nullopt;
}

} // namespace

Decoded decode_exchange(std::string_view device, std::string_view command, std::string_view response) {
    const auto sent = read(command);
    const auto received = read(response);
    if (!sent || !received)
        return {{"不是命令", "not a command"}, {}, {}, {}};
    const auto decode = [&](core::Language language) {
        return dictionary::decode(sent->bytes, received->bytes, {language, device_of(device), std::nullopt});
    };
    const auto zh = decode(core::Language::zh);
    const auto en = decode(core::Language::en);
    const auto data_size = std::max<std::size_t>(received->bytes.size(), 2) - 2;
    return {owned(zh.name),
            fields_of(zh.request, en.request, *sent, sent->bytes.size(), frame_part),
            fields_of(zh.response, en.response, *received, data_size, answer_part),
            {zh.status, en.status}};
}

} // namespace tongka::reports
