#pragma once

#include <string>

namespace tongka::harness {

/// docs/language.md: every key, name and function of the language, in one place.
[[nodiscard]] std::string language_page();

} // namespace tongka::harness
