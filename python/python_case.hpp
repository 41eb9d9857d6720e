#pragma once

#include <map>
#include <string>

#include "harness/run/hands.hpp"
#include "python/python_suite.hpp"

namespace tongka::python {

/// The hands of a case for as long as one of its parts lasts; afterwards they are gone, and using them is a Failure.
struct PythonHands {
    harness::Hands* hands = nullptr;
    const std::map<std::string, harness::Procedure, std::less<>>* procedures = nullptr;

    [[nodiscard]] harness::Hands& get() const;
};

} // namespace tongka::python
