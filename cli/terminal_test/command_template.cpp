#include "cli/terminal_test/command_template.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::cli {
namespace {

constexpr std::string_view of_names = "abcdefghijklmnopqrstuvwxyz-";

struct Placeholder {
    std::size_t begin; ///< of its brace
    std::size_t end;   ///< behind the other
    std::string_view name;
};

/// The first from there on.
std::optional<Placeholder> next(std::string_view text, std::size_t from) {
    for (auto begin = text.find('{', from); begin != std::string_view::npos; begin = text.find('{', begin + 1)) {
        const auto end = std::min(text.find_first_not_of(of_names, begin + 1), text.size());
        const bool is_shells = begin > 0 && text[begin - 1] == '$';
        if (!is_shells && end > begin + 1 && end < text.size() && text[end] == '}')
            return Placeholder{begin, end + 1, text.substr(begin + 1, end - begin - 1)};
    }
    return std::nullopt;
}

} // namespace

core::Result<CommandTemplate> CommandTemplate::parse(std::string text, std::span<const std::string_view> known) {
    if (text.find_first_not_of(" \t\n") == std::string::npos)
        return core::fail("is empty");
    for (auto found = next(text, 0); found; found = next(text, found->end))
        if (std::ranges::find(known, found->name) == known.end())
            return core::fail(
                fmt::format("'{{{}}}' is no placeholder of it{}", found->name, core::suggest(found->name, known)));
    return CommandTemplate(std::move(text));
}

std::string CommandTemplate::fill(const Filling& filling) const {
    std::string filled;
    std::size_t done = 0;
    for (auto found = next(text_, 0); found; found = next(text_, done)) {
        filled += text_.substr(done, found->begin - done);
        const auto value = std::ranges::find(filling, found->name, [](const auto& one) { return one.first; });
        if (value != filling.end())
            filled += value->second;
        done = found->end;
    }
    return filled + text_.substr(done);
}

std::string_view CommandTemplate::program() const {
    const std::string_view text = text_;
    const auto begin = text.find_first_not_of(" \t\n");
    const auto word = text.substr(begin, text.find_first_of(" \t\n", begin) - begin);
    constexpr std::string_view of_the_shell = "'\"\\$`(){}[]<>|&;*?!~=#";
    return word.find_first_of(of_the_shell) == std::string_view::npos ? word : std::string_view();
}

} // namespace tongka::cli
