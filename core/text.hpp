#pragma once

#include <cstdint>
#include <string_view>

namespace tongka::core {

enum class Language : std::uint8_t { zh, en };

/// What a person reads, in both languages of the suite.
struct Text {
    std::string_view zh;
    std::string_view en;

    [[nodiscard]] constexpr std::string_view in(Language language) const { return language == Language::zh ? zh : en; }
};

} // namespace tongka::core
