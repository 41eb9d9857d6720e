#pragma once

#include <cstddef>
#include <string_view>

namespace tongka::core::document {

/// Offset of the first byte that is no part of well-formed UTF-8 (RFC 3629), or text.size().
[[nodiscard]] std::size_t find_bad_utf8(std::string_view text);

} // namespace tongka::core::document
