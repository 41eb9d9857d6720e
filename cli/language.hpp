#pragma once

#include "core/text.hpp"

namespace tongka::cli {

/// The language of messages: Chinese where the locale (LC_ALL, LC_MESSAGES, LANG, in this order) is Chinese, else
/// English.
[[nodiscard]] core::Language language();

/// The language named by `--lang zh|en`; of the locale for an empty name.
[[nodiscard]] core::Language language(std::string_view name);

} // namespace tongka::cli
