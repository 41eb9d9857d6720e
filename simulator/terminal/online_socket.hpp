#pragma once

#include "core/tls/context.hpp"
#include "simulator/terminal/online_line.hpp"
#include "simulator/virtual_reader/tcp.hpp"

namespace tongka::simulator {

/// The terminal's end of a TLS line to a host. Connects when the first frame is to be sent, and anew after each
/// failure; a frame that had no answer is never sent again by itself.
class OnlineSocket {
public:
    /// No answer within `budget`, connecting included, is an Error.
    OnlineSocket(Address address, core::tls::Context tls, Budget budget)
        : address_(std::move(address)), tls_(std::move(tls)), budget_(budget) {}
    OnlineSocket(const OnlineSocket&) = delete;
    OnlineSocket& operator=(const OnlineSocket&) = delete;
    ~OnlineSocket();

    /// The reply to one frame (ExchangeFrame).
    [[nodiscard]] core::Result<core::Bytes> exchange(core::BytesView frame);

private:
    [[nodiscard]] core::Result<void> connect();
    [[nodiscard]] core::Result<core::Bytes> send_and_receive(core::BytesView frame);

    Address address_;
    core::tls::Context tls_;
    Budget budget_;
    Descriptor socket_;
    core::tls::Session session_; ///< null: not connected
};

} // namespace tongka::simulator
