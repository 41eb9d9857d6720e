#pragma once

#include <functional>
#include <memory>

#include "harness/actor/reader_port.hpp"

namespace tongka::harness {

/// Takes the card out of a reader, or puts it in, and returns when the service has seen it.
using CardMover = std::function<core::Result<void>(bool in)>;

/// A reader of the PC/SC service of this machine, by its whole name. Without a mover nobody but a person can take the
/// card out.
[[nodiscard]] core::Result<std::unique_ptr<ReaderPort>> open_pcsc_port(std::string name, CardMover mover = {});

} // namespace tongka::harness
