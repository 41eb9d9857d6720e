#include "simulator/terminal/parameters.hpp"

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <fstream>

#include <fmt/format.h>

#include "core/document/mapping.hpp"
#include "core/document/parse.hpp"
#include "core/hex.hpp"

namespace tongka::simulator {
namespace {

using core::document::Mapping;
using core::document::Node;
using Pair = std::array<core::Byte, 2>;

core::Result<Pair> two_bytes(const Node& node, std::string_view what) {
    const auto bytes = core::from_hex(node.text);
    if (!bytes || bytes->size() != 2)
        return core::fail(node.error(fmt::format("{} has four hexadecimal digits, not '{}'", what, node.text)));
    return Pair{(*bytes)[0], (*bytes)[1]};
}

core::Result<std::set<Pair>> pairs(Mapping& fields, std::string_view key) {
    std::set<Pair> made;
    const Node* node = fields.optional(key);
    if (!node)
        return made;
    TONGKA_TRY(const auto* items, node->as_list(key));
    for (const Node& item : *items) {
        TONGKA_TRY(const Pair pair, two_bytes(item, key));
        made.insert(pair);
    }
    return made;
}

core::Result<void> read_fen(Mapping& fields, std::string_view key, std::uint32_t& into) {
    const Node* node = fields.optional(key);
    if (!node)
        return {};
    const auto read = std::from_chars(node->text.data(), node->text.data() + node->text.size(), into);
    if (read.ec != std::errc() || read.ptr != node->text.data() + node->text.size())
        return core::fail(node->error(fmt::format("{} is an amount in fen, not '{}'", key, node->text)));
    return {};
}

} // namespace

core::Result<std::vector<std::uint64_t>> read_terminal_blacklist(const std::filesystem::path& path,
                                                                 std::vector<SkippedLine>& skipped) {
    std::ifstream stream(path);
    if (!stream)
        return core::fail(fmt::format("{}: cannot be read: {}", path.native(), std::strerror(errno)));
    std::vector<std::uint64_t> cards;
    std::string line;
    for (std::size_t number = 1; std::getline(stream, line); ++number) {
        line.resize(std::min(line.find('#'), line.size()));
        std::erase_if(line, [](char c) { return c == ' ' || c == '\t' || c == '\r'; });
        if (line.empty())
            continue;
        const auto asn = core::from_hex(line);
        if (asn && asn->size() == 8)
            cards.push_back(core::read_big_endian(*asn));
        else
            skipped.push_back({number, line.substr(0, 40)});
    }
    std::ranges::sort(cards);
    cards.erase(std::ranges::unique(cards).begin(), cards.end());
    return cards;
}

core::Result<TerminalParameters> load_parameters(const std::filesystem::path& path, std::vector<SkippedLine>& skipped) {
    TONGKA_TRY(const Node root, core::document::read(path));
    TONGKA_TRY(auto fields, Mapping::of(root, "the parameters of a terminal"));
    TerminalParameters parameters;
    TONGKA_TRY(const Node* city, fields.required("city"));
    TONGKA_TRY(parameters.city, two_bytes(*city, "city"));
    TONGKA_TRY(parameters.white_list, pairs(fields, "white_list"));
    TONGKA_TRY(parameters.interoperability, pairs(fields, "interoperability"));
    TONGKA_TRY(const auto types, pairs(fields, "types"));
    for (const Pair& type : types)
        parameters.types.emplace(type[0], type[1]);
    TONGKA_CHECK(read_fen(fields, "most_amount", parameters.most_amount));
    TONGKA_CHECK(read_fen(fields, "least_balance", parameters.least_balance));
    if (const Node* enabled = fields.optional("needs_enabled")) {
        if (enabled->text != "yes" && enabled->text != "no")
            return core::fail(enabled->error(fmt::format("needs_enabled is yes or no, not '{}'", enabled->text)));
        parameters.needs_enabled = enabled->text == "yes";
    }
    if (const Node* blacklist = fields.optional("blacklist")) {
        TONGKA_TRY(const auto name, blacklist->as_text("blacklist"));
        TONGKA_TRY(parameters.blacklist, read_terminal_blacklist(path.parent_path() / name, skipped));
    }
    if (const Node* rules = fields.optional("rules")) {
        TONGKA_TRY(const auto* entries, rules->as_entries("rules"));
        for (const auto& entry : *entries)
            if (const auto set = parameters.rules.set(entry.key.text, entry.value.text); !set)
                return core::fail(entry.key.error(set.error().message));
    }
    TONGKA_CHECK(fields.finish());
    return parameters;
}

} // namespace tongka::simulator
