#pragma once

#include "cli/set_up.hpp"
#include "core/text.hpp"

namespace tongka::cli {

/// What a reader is and does, and the verdicts of the cases on readers, on standard output: `options.reader` is
/// `pcsc:NAME`, `sim:reader` or the bare name of a reader. Gives the exit status: 0 no case failed, 1 one did. An Error
/// where the reader cannot be tried at all.
[[nodiscard]] core::Result<int> examine_reader(SetUpOptions options, core::Language language, bool as_json);

} // namespace tongka::cli
