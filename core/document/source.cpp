#include "core/document/source.hpp"

#include <algorithm>

#include <fmt/format.h>

namespace tongka::core::document {

Source::Source(std::string name, std::string text) : name_(std::move(name)), text_(std::move(text)), lines_{0} {
    for (std::size_t i = 0; i < text_.size(); ++i)
        if (text_[i] == '\n' || (text_[i] == '\r' && (i + 1 == text_.size() || text_[i + 1] != '\n')))
            lines_.push_back(i + 1);
}

Position Source::position(std::size_t offset) const {
    offset = std::min(offset, text_.size());
    const auto line = std::ranges::upper_bound(lines_, offset) - 1;
    const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
    const auto first = text_.begin() + static_cast<std::ptrdiff_t>(*line);
    const auto last = text_.begin() + static_cast<std::ptrdiff_t>(offset);
    return {static_cast<std::size_t>(line - lines_.begin()) + 1,
            static_cast<std::size_t>(std::count_if(first, last, starts_character)) + 1};
}

std::string Source::where(std::size_t offset) const {
    const auto [line, column] = position(offset);
    return fmt::format("{}:{}:{}", name_, line, column);
}

} // namespace tongka::core::document
