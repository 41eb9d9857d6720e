#pragma once

#include <string>

#include "core/crypto/tests/vector_file.hpp"

namespace tongka::core {

/// What the function named `function` makes of the vector's inputs. Throws std::runtime_error for a function that does
/// not exist, or for one that does not come back from its own result.
[[nodiscard]] Bytes compute(const std::string& function, Vector& vector, BytesView expected);

} // namespace tongka::core
