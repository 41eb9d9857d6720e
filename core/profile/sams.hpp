#pragma once

#include "core/document/node.hpp"
#include "core/profile/profile.hpp"

namespace tongka::core {

[[nodiscard]] Result<PsamProfile> read_psam(const document::Node& node);
[[nodiscard]] Result<IsamProfile> read_isam(const document::Node& node);

} // namespace tongka::core
