#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::harness {

/// What a call on a reader came to. Each but `ok` is an answer of the reader and its service, and a case may expect it.
enum class PortOutcome : std::uint8_t {
    ok,
    busy,           ///< another connection, or its transaction, keeps this one out
    no_card,        ///< there is none, or it was taken away
    was_reset,      ///< another connection has reset the card since
    wrong_protocol, ///< the card does not speak what was asked for
    timeout,
    lost, ///< any other failure
};
[[nodiscard]] std::string_view name(PortOutcome outcome);

enum class CardProtocol : std::uint8_t { t0, t1 };
enum class Share : std::uint8_t { shared, exclusive };
/// What becomes of the card: nothing, a reset with power on, power off (and on, where it goes on).
enum class Disposition : std::uint8_t { leave, warm, cold };

struct PortStatus {
    bool present = false;
    core::Bytes answer_to_reset;
};

struct PortConnected {
    PortOutcome outcome = PortOutcome::lost;
    CardProtocol protocol = CardProtocol::t0;
    core::Bytes answer_to_reset; ///< as this connection tells it
};

struct PortAnswer {
    PortOutcome outcome = PortOutcome::lost;
    core::Bytes bytes; ///< empty but for `ok`; then what came, however short
};

/// A PC/SC reader and the service in front of it, as programs see both: one is asked over winscard, the other is a
/// model in this process. Everywhere an Error is about the set-up: the service is gone, the reader was pulled out.
class ReaderPort {
public:
    virtual ~ReaderPort() = default;

    [[nodiscard]] virtual const std::string& reader() const = 0;

    /// Asks the service, without a connection.
    [[nodiscard]] virtual core::Result<PortStatus> status() = 0;

    /// A number for each connection: `first` is the one that actions use, `second` another program's.
    enum Connection : std::uint8_t { first, second };

    /// Drops what this connection was before, leaving the card as it is. Without a protocol: any.
    [[nodiscard]] virtual PortConnected connect(Connection who, Share share, std::optional<CardProtocol> protocol) = 0;
    /// Resets the card under the connection, which then goes on.
    [[nodiscard]] virtual PortConnected reconnect(Connection who, Disposition disposition) = 0;
    /// Nothing where there is no connection.
    virtual void disconnect(Connection who, Disposition disposition) = 0;

    [[nodiscard]] virtual PortAnswer transmit(Connection who, core::BytesView command) = 0;

    [[nodiscard]] virtual PortOutcome begin_transaction(Connection who) = 0;
    virtual void end_transaction(Connection who) = 0;
    /// Whether the second connection gets no answer while the first is in its transaction: it is refused, or waits
    /// until that has ended. Ends the transaction.
    [[nodiscard]] virtual bool keeps_out_second(core::BytesView command) = 0;

    /// CM_IOCTL_GET_FEATURE_REQUEST (PC/SC part 10): what was answered; not `ok` where readers do not know it.
    [[nodiscard]] virtual PortAnswer ask_features() = 0;

    /// Whether move() can take the card out and put it in.
    [[nodiscard]] virtual bool can_move() const = 0;
    /// Returns when the service has seen it.
    [[nodiscard]] virtual core::Result<void> move(bool in) = 0;
};

} // namespace tongka::harness
