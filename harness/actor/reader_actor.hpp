#pragma once

#include <memory>

#include "harness/actor/reader_port.hpp"
#include "harness/device/actor.hpp"
#include "harness/device/open.hpp"

namespace tongka::harness {

/// A reader as something under test: the actions of harness/language/actions_reader.cpp, and why some cannot be asked
/// for with the card that is in it. Each case begins without connections and with a card that had no power. An Error
/// where no card is in the reader, or it cannot be connected to.
[[nodiscard]] core::Result<std::unique_ptr<Actor>> reader_actor(std::unique_ptr<ReaderPort> port, std::string spec);

/// `sim:reader`: simulated_port.hpp. An Error for a deviation that readers do not have.
[[nodiscard]] core::Result<std::unique_ptr<Actor>> simulate_reader(const OpenOptions& options);

/// A reader of the PC/SC service, by its whole name; `spec` is how it was asked for.
[[nodiscard]] core::Result<std::unique_ptr<Actor>> open_reader(std::string_view spec, const std::string& reader,
                                                               const OpenOptions& options);

} // namespace tongka::harness
