#pragma once

#include "harness/language/model.hpp"

namespace tongka::harness {

/// Notes in each case what it needs, itself or in what it calls; calls are bound, and without circles.
void note_needs(Suite& suite);

} // namespace tongka::harness
