#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/result.hpp"

namespace tongka::cli {

/// A command line for a shell with placeholders: `pay --fen {amount}`. A name in braces is one unless a `$` stands
/// before it; what else has braces is the shell's.
class CommandTemplate {
public:
    /// An Error for nothing, and for a name that is not among `known`, with the nearest.
    [[nodiscard]] static core::Result<CommandTemplate> parse(std::string text, std::span<const std::string_view> known);

    using Filling = std::vector<std::pair<std::string_view, std::string>>;
    /// Each placeholder is replaced by what stands for it in `filling`, as it is.
    [[nodiscard]] std::string fill(const Filling& filling) const;

    [[nodiscard]] const std::string& text() const { return text_; }
    /// The word that names the program; empty where a shell alone could tell.
    [[nodiscard]] std::string_view program() const;

private:
    explicit CommandTemplate(std::string text) : text_(std::move(text)) {}
    std::string text_;
};

} // namespace tongka::cli
