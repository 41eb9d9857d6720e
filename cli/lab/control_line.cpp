#include "cli/lab/control_line.hpp"

#include <charconv>
#include <vector>

#include <fmt/format.h>

namespace tongka::cli {

namespace {

using Words = std::vector<std::string_view>;

Words split(std::string_view line) {
    Words words;
    static constexpr std::string_view blanks = " \t\r";
    while (true) {
        auto begin = line.find_first_not_of(blanks);
        if (begin == std::string_view::npos)
            return words;
        line.remove_prefix(begin);
        words.push_back(line.substr(0, line.find_first_of(blanks)));
        line.remove_prefix(words.back().size());
    }
}

core::Result<std::optional<simulator::Chip::Cut>> parse_cut(const Words& words) {
    if (words.size() == 3 && words[2] == "off")
        return std::nullopt;
    auto usage = core::fail("write: tear SLOT after-write N, tear SLOT before-write N, or tear SLOT off");
    if (words.size() != 4 || (words[2] != "after-write" && words[2] != "before-write"))
        return usage;
    std::uint64_t number = 0;
    auto end = words[3].data() + words[3].size();
    auto [stop, error] = std::from_chars(words[3].data(), end, number);
    if (error != std::errc() || stop != end || number == 0)
        return core::fail(fmt::format("\"{}\" is not the number of a write, counted from 1", words[3]));
    return simulator::Chip::Cut{.writes = number - 1, .after = words[2] == "after-write"};
}

} // namespace

core::Result<ControlLine> parse_control_line(std::string_view line) {
    using Verb = ControlLine::Verb;
    auto words = split(line);
    auto verb = words.empty() ? std::string_view() : words[0];
    if (verb == "list" && words.size() == 1)
        return ControlLine{Verb::list, {}, {}};
    if ((verb == "remove" || verb == "insert") && words.size() == 2)
        return ControlLine{verb == "remove" ? Verb::remove : Verb::insert, std::string(words[1]), {}};
    if (verb == "tear") {
        TONGKA_TRY(auto cut, parse_cut(words));
        return ControlLine{Verb::tear, std::string(words[1]), cut};
    }
    return core::fail("commands: list, remove SLOT, insert SLOT, tear SLOT after-write N|before-write N|off");
}

} // namespace tongka::cli
