#pragma once

#include <cstdint>
#include <span>

#include "cli/lab/devices.hpp"

namespace tongka::cli {

/// Where the devices of a lab stand: a block of vpcd has two slots, and pcscd names its readers `NAME 00 00`, `NAME 00
/// 01`.
struct Layout {
    struct Block {
        std::string name;
        DeviceKind kind;
    };
    /// Where one device stands, in the order of the devices.
    struct Place {
        std::size_t block;
        unsigned slot; ///< 0 or 1
        std::string reader;
    };
    std::vector<Block> blocks;
    std::vector<Place> places;
};

/// Two devices of one kind share a block. Error beyond the 16 readers that a pcscd has (PCSCLITE_MAX_READERS_CONTEXTS).
[[nodiscard]] core::Result<Layout> plan_readers(std::span<const Device> devices);

/// How vpcd finds the cards of a block: on a port for slot 0 and the next one for slot 1. Each block has a driver file
/// of its own, since vpcd keeps its slots in one static table and pcscd loads a file once.
struct Wiring {
    std::uint16_t port;
    std::string driver;
};

/// pcscd's reader.conf: vpcd listens on the ports, or connects out to them on the loopback.
enum class Direction { listens, connects_out };
[[nodiscard]] std::string reader_configuration(const Layout& layout, std::span<const Wiring> wiring,
                                               Direction direction);

} // namespace tongka::cli
