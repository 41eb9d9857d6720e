#pragma once

#include <string>
#include <string_view>

#include "core/text.hpp"
#include "reports/words.hpp"

namespace tongka::reports {

/// For an element's text and for a quoted attribute value. Control characters, which HTML does not allow, become
/// U+FFFD.
[[nodiscard]] std::string escaped(std::string_view text);

/// Both languages as elements of which the page shows one.
[[nodiscard]] std::string both(const Words& words);
[[nodiscard]] std::string both(core::Text text);

/// JSON that may stand inside a script element: no `<`, `>` or `&` is left in it.
[[nodiscard]] std::string script_safe(std::string json);

} // namespace tongka::reports
