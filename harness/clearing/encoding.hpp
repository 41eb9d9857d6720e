#pragma once

#include <string>
#include <string_view>

#include "harness/clearing/layout.hpp"

namespace tongka::harness::clearing {

/// Where the text is no longer of the encoding: index of the byte, npos for nowhere.
[[nodiscard]] std::size_t first_foreign_byte(std::string_view text, Layout::Encoding encoding);

/// As UTF-8, for people; what is no text of the encoding becomes U+FFFD.
[[nodiscard]] std::string to_utf8(std::string_view text, Layout::Encoding encoding);

/// Our own UTF-8 in the encoding of a file; what it has no character for ends the text.
[[nodiscard]] std::string from_utf8(std::string_view text, Layout::Encoding encoding);

} // namespace tongka::harness::clearing
