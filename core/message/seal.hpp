#pragma once

#include "core/crypto/cipher.hpp"
#include "core/message/frame.hpp"

namespace tongka::core::message {

/// What the working key of a terminal is diversified by: FF FF ‖ terminal number. No card's serial number begins so
/// (docs/decisions/0010-messages.md).
[[nodiscard]] std::array<Byte, 8> terminal_factor(const std::array<Byte, 6>& terminal);

/// The whole frame with its MAC: 4 bytes over all that stands before it, length included, as transaction_mac pads and
/// cuts it (inferred; clauses.md H has a message MAC of this width).
[[nodiscard]] Bytes seal_request(const Cipher& working_key, Frame frame);

/// As seal_request, but the MAC covers the request's MAC behind the reply: an old reply fits no new request.
[[nodiscard]] Bytes seal_reply(const Cipher& working_key, Frame frame, const Mac& request);

/// Whether the last 4 bytes of the frame are its right MAC; false for bytes too short to be one.
[[nodiscard]] bool request_is_authentic(const Cipher& working_key, BytesView frame);
[[nodiscard]] bool reply_is_authentic(const Cipher& working_key, BytesView frame, const Mac& request);

} // namespace tongka::core::message
