#pragma once

#include <string>
#include <vector>

#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/model.hpp"

/// Cases, procedures and steps from their YAML: form and grammar. Names and widths are seen to by resolve().
namespace tongka::harness {

[[nodiscard]] core::Result<Case> read_case(const core::document::Node& node, std::string standard);

[[nodiscard]] core::Result<Procedure> read_procedure(const core::document::Node& node);

/// What the steps belong to: its devices, and what it covers (nothing for a procedure).
struct StepOwner {
    const std::vector<Role>& devices;
    const std::vector<std::string>* covers = nullptr;
};

/// A list of at least one step; `what` names it: "setup".
[[nodiscard]] core::Result<std::vector<Step>> read_steps(const core::document::Node& node, std::string_view what,
                                                         const StepOwner& owner);

} // namespace tongka::harness
