#pragma once

#include <string>

namespace tongka::harness::clearing {

/// A JSON Schema (draft 7) of a layout, made from the loader's tables. `testcases/schema/` holds what it gives.
[[nodiscard]] std::string layout_schema();

} // namespace tongka::harness::clearing
