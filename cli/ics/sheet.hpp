#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "harness/plan/declaration.hpp"
#include "harness/plan/proforma.hpp"

namespace tongka::cli::ics {

/// A declaration as a file to be filled in or kept: each question in Chinese and English above its answer. What
/// `answers` does not have is left empty.
[[nodiscard]] std::string sheet(const std::vector<const harness::Proforma*>& kinds,
                                const harness::Declaration& answers);

/// The proformas of kinds; all of card, psam and isam where none is named.
[[nodiscard]] core::Result<std::vector<const harness::Proforma*>> chosen(const harness::Proformas& proformas,
                                                                         const std::vector<std::string>& kinds);

/// Writes a new file whole or not at all; one that is there already is an Error, unless it is to be replaced. Only its
/// owner may read it: a declaration holds the PIN of a sample.
[[nodiscard]] core::Result<void> write_new(const std::filesystem::path& path, const std::string& text,
                                           bool replace = false);

} // namespace tongka::cli::ics
