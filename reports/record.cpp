#include "reports/record.hpp"

#include <cstring>
#include <fstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"

namespace tongka::reports {
namespace {

using nlohmann::json;

constexpr int known_format = 1;

std::string digest(std::string_view line) {
    return core::to_hex(core::sha256({reinterpret_cast<const core::Byte*>(line.data()), line.size()}));
}

std::string place(const std::string& file, std::size_t line) {
    return fmt::format("{}:{}", file, line);
}

core::Result<json> parse(std::string_view line) {
    auto value = json::parse(line, nullptr, false);
    if (value.is_discarded() || !value.is_object())
        return core::fail("this is not a JSON object");
    for (const auto* member : {"kind", "prev"})
        if (const auto found = value.find(member); found == value.end() || !found->is_string())
            return core::fail(fmt::format("there is no text \"{}\"", member));
    return value;
}

core::Result<void> check_header(const json& value, const std::string& kind) {
    if (kind != "header")
        return core::fail("a record begins with a header");
    const auto format = value.find("format");
    if (format == value.end() || !format->is_number_integer())
        return core::fail("the header tells no format");
    if (*format != known_format)
        return core::fail(
            fmt::format("format {} is not known; this program reads format {}", format->dump(), known_format));
    return {};
}

core::Result<void> hand_over(const RecordVisitor& visit, const RecordLine& line) {
    // The JSON library throws where a member is absent or has the wrong type; for a file from outside that is no bug.
    try {
        return visit(line);
    } catch (const json::exception& wrong) {
        const auto* text = std::strstr(wrong.what(), "] ");
        return core::fail(fmt::format("bad \"{}\": {}", line.kind, text ? text + 2 : wrong.what()));
    }
}

core::Result<std::ifstream> open(const std::filesystem::path& file) {
    if (std::filesystem::is_directory(file))
        return core::fail(fmt::format("{}: cannot be read: {}", file.string(), std::strerror(EISDIR)));
    std::ifstream in(file, std::ios::binary);
    if (!in)
        return core::fail(fmt::format("{}: cannot be read: {}", file.string(), std::strerror(errno)));
    return in;
}

} // namespace

core::Result<RecordState> read_record(const std::filesystem::path& file, const RecordVisitor& visit) {
    const auto name = file.string();
    TONGKA_TRY(auto in, open(file));
    RecordState state;
    state.last_sha256 = std::string(64, '0');
    Span span;
    for (std::string text; std::getline(in, text); span.offset += span.size) {
        const bool has_line_feed = !in.eof();
        span.first_line = state.lines + 1;
        span.size = text.size() + (has_line_feed ? 1 : 0);
        const auto here = place(name, span.first_line);

        auto value = parse(text);
        if (!value && !has_line_feed) {
            state.torn = true;
            break;
        }
        if (!value)
            return core::fail(value.error().at(here));
        const auto kind = value->at("kind").get<std::string>();
        if (value->at("prev") != state.last_sha256)
            return core::fail(state.lines == 0
                                  ? fmt::format("{}: this is not the first line of a record", here)
                                  : fmt::format("{}: this line was altered, or lines behind it were taken out: line {} "
                                                "names another SHA-256",
                                                place(name, state.lines), span.first_line));
        if (state.lines == 0)
            if (auto checked = check_header(*value, kind); !checked)
                return core::fail(checked.error().at(here));
        if (auto visited = hand_over(visit, {span, kind, *value}); !visited)
            return core::fail(visited.error().at(here));
        state.last_sha256 = digest(text);
        state.size = span.offset + span.size;
        state.without_feed = !has_line_feed;
        ++state.lines;
    }
    if (in.bad())
        return core::fail(fmt::format("{}: cannot be read to its end: {}", name, std::strerror(errno)));
    if (state.lines == 0)
        return core::fail(fmt::format("{}: there is no whole line in it", name));
    return state;
}

core::Result<RecordPieces> RecordPieces::open(const std::filesystem::path& file) {
    TONGKA_TRY(auto in, reports::open(file));
    return RecordPieces(file.string(), std::move(in));
}

core::Result<void> RecordPieces::visit(Span span, const RecordVisitor& visit) {
    file_.clear();
    file_.seekg(static_cast<std::streamoff>(span.offset));
    const auto end = span.offset + span.size;
    for (std::string text; span.offset < end; ++span.first_line) {
        const auto here = place(name_, span.first_line);
        if (!std::getline(file_, text))
            return core::fail(fmt::format("{}: the record changed while it was read", here));
        auto value = parse(text);
        if (!value)
            return core::fail(value.error().at(here));
        const auto kind = value->at("kind").get<std::string>();
        span.size = text.size() + 1;
        if (auto visited = hand_over(visit, {span, kind, *value}); !visited)
            return core::fail(visited.error().at(here));
        span.offset += span.size;
    }
    return {};
}

} // namespace tongka::reports
