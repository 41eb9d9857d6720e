#pragma once

#include <string>
#include <string_view>

#include "harness/clearing/layout.hpp"

namespace tongka::harness::clearing {

/// Where the text is no longer of the encoding: index of the byte, npos for nowhere.
[[nodiscard]] std::size_t first_foreign_byte(std::string_view text, Layout::Encoding encoding);

/// As UTF-8, for people; what is no text of the encoding becomes U+FFFD.
[[nodiscard]] std::string to_utf8(std::string_view text, Layout::Encoding encoding);

} // namespace tongka::harness::clearing
