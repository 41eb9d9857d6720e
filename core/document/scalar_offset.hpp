#pragma once

#include <cstddef>
#include <string_view>

namespace tongka::core::document {

/// Where in `source` the byte at `index` of a scalar's value comes from, when the scalar starts at `start` (at its
/// quote, if it is quoted): follows the escapes and the folding of lines of YAML 1.2, 5.7 and 6.5. `start` for block
/// scalars.
[[nodiscard]] std::size_t scalar_offset(std::string_view source, std::size_t start, std::size_t index);

/// False if the scalar at `start` begins with a quote that nothing closes.
[[nodiscard]] bool quotes_are_closed(std::string_view source, std::size_t start);

} // namespace tongka::core::document
