#pragma once

#include <memory>

#include "core/result.hpp"
#include "simulator/chip/chip.hpp"
#include "simulator/virtual_reader/descriptor.hpp"

namespace tongka::simulator {
class SmartCard;
}

namespace tongka::cli {

/// A chip in a virtual reader whose answers come from another process; to the reader it shows itself as `model`, which
/// is asked for nothing else. Between the two processes is a socket that keeps messages apart (SOCK_SEQPACKET): the
/// chip sends a RelayMessage, and to a command the other side answers with one.
[[nodiscard]] std::unique_ptr<simulator::Chip> relay_chip(const simulator::SmartCard& model,
                                                          simulator::Descriptor socket);

/// The first byte of a message, which says what it is.
enum class RelayMessage : char {
    reset = 'R',   ///< the chip got power, or a reset
    command = 'C', ///< an APDU follows, and an answer is waited for
    answer = 'A',  ///< data and status word follow
    gone = 'G',    ///< in place of an answer: the card has left the reader
};

/// Both ends of such a socket: the chip's, and one that a program started by this one inherits.
struct RelayPair {
    simulator::Descriptor chip;
    simulator::Descriptor peer;
};
[[nodiscard]] core::Result<RelayPair> make_relay();

} // namespace tongka::cli
