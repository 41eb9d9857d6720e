#pragma once

#include "harness/language/model.hpp"
#include "harness/plan/catalogue.hpp"

namespace tongka::harness {

/// What the id of an inspection's case begins with; the requirement's own, in small letters, follows.
inline constexpr std::string_view inspection_prefix = "inspect-";

/// Adds a case for each requirement that no program can show: a manual step, which tells the operator what to look at
/// and takes a verdict and files.
void add_inspections(Suite& suite, const Catalogue& catalogue);

} // namespace tongka::harness
