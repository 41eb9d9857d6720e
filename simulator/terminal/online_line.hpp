#pragma once

#include <functional>
#include <optional>
#include <variant>

#include "core/clock.hpp"
#include "core/crypto/cipher.hpp"
#include "core/message/frame.hpp"
#include "core/message/response_code.hpp"
#include "core/message/values.hpp"
#include "core/random.hpp"

namespace tongka::simulator {

/// One frame to the host and the frame that came back; an Error where none came. Called again with the same frame it
/// sends it again.
using ExchangeFrame = std::function<core::Result<core::Bytes>(core::BytesView frame)>;

/// A terminal's messages to the host (docs/online.md): numbers and seals them, sends the same frame again when no
/// answer comes, and takes no answer but the host's own to this very request.
class OnlineLine {
public:
    static constexpr unsigned attempts = 3;

    /// `clock` and `random` must outlive it.
    OnlineLine(ExchangeFrame exchange, std::array<core::Byte, 6> terminal, const core::Key& working_key,
               const core::Clock& clock, core::Random& random)
        : exchange_(std::move(exchange)), terminal_(terminal), key_(working_key), clock_(clock), random_(random) {}

    /// The reply's fields, or the code it was refused with. An Error where no right answer came: then what the host did
    /// is not known. The first message is a line check, which tells where the host's sequence numbers stand: a terminal
    /// keeps none.
    [[nodiscard]] core::Result<std::variant<core::message::Values, core::message::ResponseCode>>
    ask(std::uint16_t code, const core::message::Values& values);

    [[nodiscard]] const std::array<core::Byte, 6>& terminal() const { return terminal_; }
    [[nodiscard]] std::array<core::Byte, 7> now() const; ///< China Standard Time

private:
    using Reply = std::variant<core::message::Values, core::message::ResponseCode>;

    [[nodiscard]] core::Result<void> find_sequence();
    [[nodiscard]] core::Result<Reply> send(std::uint16_t code, std::uint32_t sequence,
                                           const core::message::Values& values);
    [[nodiscard]] core::Result<Reply> read(const core::message::Layout& layout, const core::message::Frame& request,
                                           core::BytesView answer) const;

    ExchangeFrame exchange_;
    std::array<core::Byte, 6> terminal_;
    core::Cipher key_;
    const core::Clock& clock_;
    core::Random& random_;
    std::optional<std::uint32_t> sequence_; ///< of the last message
};

} // namespace tongka::simulator
