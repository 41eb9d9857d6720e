#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/document/node.hpp"
#include "core/result.hpp"

namespace tongka::harness {

/// `within`: how long the exchanges of a step may take together, the reader's own share apart.
struct Within {
    core::document::Node source;
    std::optional<std::chrono::microseconds> most{}; ///< as it is written
    std::string limit{};                             ///< else a limit of the profile by its name
};

/// What profiles set limits for (`limits`).
[[nodiscard]] std::span<const std::string_view> limit_names();

[[nodiscard]] core::Result<Within> read_within(const core::document::Node& node);

} // namespace tongka::harness
