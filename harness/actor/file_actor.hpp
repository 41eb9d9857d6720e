#pragma once

#include <memory>

#include "harness/device/actor.hpp"
#include "harness/device/open.hpp"

namespace tongka::harness {

/// Clearing files under test: a file, or a folder of them. Everything is read here, and never written.
[[nodiscard]] core::Result<std::unique_ptr<Actor>> open_files(const std::string& path, const OpenOptions& options);

/// What a right back end, or one with a deviation, would have written. The folder it is made in is gone again.
[[nodiscard]] core::Result<std::unique_ptr<Actor>> simulate_files(const OpenOptions& options);

} // namespace tongka::harness
