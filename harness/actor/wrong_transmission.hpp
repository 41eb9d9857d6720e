#pragma once

#include <functional>

#include "harness/actor/reader_deviation.hpp"
#include "harness/actor/reader_port.hpp"

namespace tongka::harness {

/// A command and its answer through a reader with a fault; those that are not about commands let both pass. Empty where
/// the reader refuses the command.
[[nodiscard]] core::Bytes transmit_wrongly(ReaderDeviation deviation, CardProtocol protocol, core::BytesView command,
                                           const std::function<core::Bytes(core::BytesView)>& card);

} // namespace tongka::harness
