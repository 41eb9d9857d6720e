#pragma once

#include <filesystem>
#include <optional>

#include "harness/run/resumption.hpp"

namespace tongka::cli {

/// A record that was cut off: what it says, and how far it goes.
struct CutOff {
    harness::Resumption resumption;
    harness::RecordEnd end;
};

/// Reads it, holding its lines against their hashes. nullopt for the record of a run that came to its end.
[[nodiscard]] core::Result<std::optional<CutOff>> read_cut_off(const std::filesystem::path& record);

} // namespace tongka::cli
