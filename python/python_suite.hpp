#pragma once

#include <string>

#include "harness/run/run.hpp"
#include "reports/words.hpp"

namespace tongka::python {

/// A suite as Python holds it; runs do not change it.
struct PythonSuite {
    harness::LoadedSuite loaded;
    std::string clause_map = {}; ///< the file that clauses came from; empty for none
};

/// Of devices and of actors; ValueError for another name.
[[nodiscard]] harness::Role role_named(const std::string& wanted);

} // namespace tongka::python
