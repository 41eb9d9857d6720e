#pragma once

#include <chrono>
#include <cstdint>
#include <string>

#include "core/bytes.hpp"
#include "core/result.hpp"
#include "simulator/virtual_reader/descriptor.hpp"

namespace tongka::simulator {

using Budget = std::chrono::milliseconds;

/// `127.0.0.1:35963`
struct Address {
    std::string host;
    std::uint16_t port = 0;
    [[nodiscard]] std::string text() const { return host + ":" + std::to_string(port); }
};

/// Reads `HOST:PORT`; the port in decimal, or in hexadecimal after 0x as vpcd's own configuration has it.
[[nodiscard]] core::Result<Address> parse_address(const std::string& text);

/// Connects to a vpcd that listens. A connection that is not taken up within the budget means that another card is in
/// the slot and one more waits behind it (vpcd listens with a backlog of 0).
[[nodiscard]] core::Result<Descriptor> connect_to(const Address& address, Budget budget);

/// Listens on 127.0.0.1 for a vpcd that connects out; port 0 takes any. Gives the socket and its port.
struct Listener {
    Descriptor socket;
    std::uint16_t port = 0;
};
[[nodiscard]] core::Result<Listener> listen_on_loopback(std::uint16_t port);
[[nodiscard]] core::Result<Descriptor> accept_from(const Listener& listener, Budget budget);

/// Whether something comes within the budget; the end of the stream is something, too.
[[nodiscard]] bool comes_within(int socket, Budget budget);

/// One read of what has come, into `to`; 0 at the end of the stream. vpcd 3.3 sends the length of a frame and its
/// content in two pieces with Nagle's algorithm on: unless the first is acknowledged at once, the second waits some 40
/// ms for it. TCP_QUICKACK wears off and is set before and after each read.
[[nodiscard]] core::Result<std::size_t> read_at_once(int socket, std::span<core::Byte> to);

/// All of `bytes`, in one write where the socket takes it.
[[nodiscard]] core::Result<void> write_all(int socket, core::BytesView bytes);

} // namespace tongka::simulator
