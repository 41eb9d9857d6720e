#pragma once

#include <string>

#include "harness/language/words.hpp"

namespace tongka::harness {

/// What came of comparing: the members of the record's `check` (docs/record.md).
struct CheckResult {
    bool pass = false;
    std::string expected{}; ///< with values filled in: "9000 {balance:4} 00000064"
    std::string received{};
    Words message{};          ///< a sentence on the first thing that differs; empty where it passed
    std::string difference{}; ///< XOR in hex, where it failed and lengths agree
};

} // namespace tongka::harness
