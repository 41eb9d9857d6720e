#include "core/document/mapping.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/nearest.hpp"

namespace tongka::core::document {

Result<Mapping> Mapping::of(const Node& node, std::string_view what) {
    TONGKA_CHECK(node.as_entries(what));
    return Mapping(node, what);
}

const Node* Mapping::optional(std::string_view key) {
    if (std::ranges::find(known_, key) == known_.end())
        known_.push_back(key);
    for (const auto& entry : node_->entries)
        if (entry.key.text == key)
            return &entry.value;
    return nullptr;
}

Result<const Node*> Mapping::required(std::string_view key) {
    if (const auto* value = optional(key))
        return value;
    // A misspelt key is told as such, rather than as the right one missing.
    const std::string_view wanted[] = {key};
    for (const auto& entry : node_->entries) {
        const bool known = std::ranges::find(known_, std::string_view(entry.key.text)) != known_.end();
        if (!known && nearest(entry.key.text, wanted))
            return fail(entry.key.error(
                fmt::format("unknown key '{}' in {}{}", entry.key.text, what_, suggest(entry.key.text, wanted))));
    }
    return fail(node_->error(fmt::format("{} needs '{}'", what_, key)));
}

Result<std::string> Mapping::required_text(std::string_view key) {
    TONGKA_TRY(const Node* value, required(key));
    TONGKA_TRY(auto text, value->as_text(key));
    return std::string(text);
}

Result<std::string> Mapping::optional_text(std::string_view key, std::string_view otherwise) {
    const Node* value = optional(key);
    if (value == nullptr)
        return std::string(otherwise);
    TONGKA_TRY(auto text, value->as_text(key));
    return std::string(text);
}

Result<void> Mapping::finish() const {
    for (const auto& entry : node_->entries)
        if (std::ranges::find(known_, std::string_view(entry.key.text)) == known_.end())
            return fail(entry.key.error(
                fmt::format("unknown key '{}' in {}{}", entry.key.text, what_, suggest(entry.key.text, known_))));
    return {};
}

} // namespace tongka::core::document
