#pragma once

#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/plan/proforma.hpp"

namespace tongka::harness {

/// One proforma from its YAML; what conditions name is not looked up yet.
[[nodiscard]] core::Result<Proforma> read_proforma(const core::document::Node& node);

} // namespace tongka::harness
