#pragma once

#include <string>
#include <string_view>

#include "core/text.hpp"

namespace tongka::reports {

using core::Language;

/// A text for people, in both languages.
struct Words {
    std::string zh, en;

    [[nodiscard]] const std::string& in(Language language) const { return language == Language::zh ? zh : en; }
    [[nodiscard]] bool empty() const { return zh.empty() && en.empty(); }
    [[nodiscard]] bool same() const { return zh == en; }
    bool operator==(const Words&) const = default;
};

} // namespace tongka::reports
