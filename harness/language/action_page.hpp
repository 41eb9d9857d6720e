#pragma once

#include <string>

namespace tongka::harness {

/// docs/actions.md: what terminals, files, hosts and readers can be asked to do, from the tables of actions.hpp.
[[nodiscard]] std::string action_page();

} // namespace tongka::harness
