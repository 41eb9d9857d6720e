#pragma once

#include "harness/language/model.hpp"

namespace tongka::harness {

/// Notes in each case which devices it tears; calls are bound, and without circles.
void note_torn_devices(Suite& suite);

} // namespace tongka::harness
