#pragma once

#include <string>

#include "harness/plan/proforma.hpp"

namespace tongka::harness {

/// JSON Schemas (draft 7) of a proforma and of a declaration, made from the loader's tables; that of declarations knows
/// what `proformas` ask. `testcases/schema/` holds what they give.
[[nodiscard]] std::string proforma_schema();
[[nodiscard]] std::string declaration_schema(const Proformas& proformas);

} // namespace tongka::harness
