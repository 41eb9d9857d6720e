#pragma once

#include <string>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::evidence {

/// Holds each line of a record against the hash that the next one gives of it (docs/record.md), and reads nothing else
/// of it. An Error names the first line that was altered, taken away or added, as far as the next one can tell.
[[nodiscard]] core::Result<void> check_record_chain(core::BytesView record);

} // namespace tongka::evidence
