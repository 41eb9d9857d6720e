#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "simulator/chip/chip.hpp"

namespace tongka::cli {

/// What the control socket of a lab understands (docs/lab.md).
struct ControlLine {
    enum class Verb { list, remove, insert, tear };
    Verb verb;
    std::string slot;                        ///< empty for list
    std::optional<simulator::Chip::Cut> cut; ///< for tear; empty takes back a cut that has not come yet
};

/// Reads `list`, `remove SLOT`, `insert SLOT`, `tear SLOT after-write N`, `tear SLOT before-write N` (N from 1: the
/// next write) and `tear SLOT off`.
[[nodiscard]] core::Result<ControlLine> parse_control_line(std::string_view line);

} // namespace tongka::cli
