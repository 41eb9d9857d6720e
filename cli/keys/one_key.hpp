#pragma once

#include <string>

#include "core/result.hpp"

namespace tongka::cli {

/// A key that comes from outside, by `tongka keys import STORE --key NAME`.
struct OneKey {
    std::string name;       ///< DPK.03/03
    std::string value_file; ///< its hex in one line; empty: typed
    std::string check_value;
    std::string algorithm = "3des";
    bool any_parity = false; ///< a key that was derived has no odd parity
};

/// Adds it to a store that is there. Errors: no hex of the right length, even parity, another check value, a key of
/// this name is there; they name the key and never show it. Gives the line to print.
[[nodiscard]] core::Result<std::string> import_key(const std::string& store, const std::string& pass_file,
                                                   const OneKey& one);

} // namespace tongka::cli
