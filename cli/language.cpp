#include "cli/language.hpp"

#include <cstdlib>

namespace tongka::cli {

core::Language language() {
    for (const char* variable : {"LC_ALL", "LC_MESSAGES", "LANG"})
        if (const char* value = std::getenv(variable); value && *value)
            return std::string_view(value).starts_with("zh") ? core::Language::zh : core::Language::en;
    return core::Language::en;
}

core::Language language(std::string_view name) {
    return name.empty() ? language() : name == "zh" ? core::Language::zh : core::Language::en;
}

} // namespace tongka::cli
