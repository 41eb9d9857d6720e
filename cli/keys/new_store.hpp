#pragma once

#include <string>
#include <vector>

#include "core/keys/open_store.hpp"

namespace tongka::cli {

/// Puts keys into a store that was not there before; where that fails, the store is removed again. Gives the line to
/// print.
[[nodiscard]] core::Result<std::string> fill_new_store(const std::string& where, const core::KeyOwner& owner,
                                                       const std::vector<core::KeyEntry>& keys,
                                                       const core::PassPhrase& pass, core::Random& random);

} // namespace tongka::cli
