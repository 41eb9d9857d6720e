#pragma once

#include <string_view>

#include "core/keys/secret.hpp"
#include "simulator/issuer/sender.hpp"

namespace tongka::simulator {

/// The answer to a command that must be answered with 9000: its data, of exactly `size` bytes where that is not 0;
/// 61xx and 6Cxx of T=0 are followed. The Error tells the card, the step and the status word, and shows no data.
[[nodiscard]] core::Result<core::SecretBytes> ask_card(const Transmit& transmit, std::string_view card,
                                                       std::string_view step, core::BytesView command,
                                                       std::size_t size = 0);

} // namespace tongka::simulator
