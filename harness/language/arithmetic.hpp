#pragma once

#include <optional>

#include "core/bytes.hpp"

namespace tongka::harness {

/// Unsigned big-endian numbers of any width. The result is as wide as `a`; nothing where it does not fit.
[[nodiscard]] std::optional<core::Bytes> add(core::BytesView a, core::BytesView b);
[[nodiscard]] std::optional<core::Bytes> subtract(core::BytesView a, core::BytesView b);

} // namespace tongka::harness
