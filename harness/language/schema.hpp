#pragma once

#include <string>

namespace tongka::harness {

/// JSON Schemas (draft 7) of a file of cases and of a file of procedures, made from the loader's tables, for editors.
/// They take numbers where a text is meant, since an editor reads `9000` as one. `testcases/schema/` holds what they
/// give.
[[nodiscard]] std::string case_schema();
[[nodiscard]] std::string procedure_schema();

} // namespace tongka::harness
