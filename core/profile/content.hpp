#pragma once

#include <string_view>

#include "core/profile/profile.hpp"

namespace tongka::core {

/// What a file holds, written in hex with `{asn}` (8 bytes), `{city}` (2), `{start}` and `{expiry}` (4 each, BCD
/// YYYYMMDD) and `{chip}` (the chip's serial number, 8) in it.
[[nodiscard]] Result<Bytes> fill_in(std::string_view content, const CardProfile& card);

} // namespace tongka::core
