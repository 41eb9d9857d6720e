#pragma once

#include <cstddef>
#include <optional>

#include "core/bytes.hpp"

namespace tongka::core {

/// `data` ‖ 80 ‖ 00… to whole blocks: always at least the one byte, so a whole block more where `data` is aligned
/// (ISO/IEC 9797-1 padding method 2; standards.md 5.1).
[[nodiscard]] Bytes pad(BytesView data, std::size_t block_size);

/// What stood before such padding; nothing where the end is not `80 00…` of at most one block.
[[nodiscard]] std::optional<BytesView> unpad(BytesView padded, std::size_t block_size);

} // namespace tongka::core
