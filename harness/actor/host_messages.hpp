#pragma once

#include <array>

#include "core/crypto/cipher.hpp"
#include "core/message/frame.hpp"
#include "core/message/layout.hpp"
#include "core/result.hpp"
#include "harness/device/action_values.hpp"

namespace tongka::harness {

/// The body of a request out of an action's arguments; fields that were not given are zeros, `terminal` is the frame's.
[[nodiscard]] core::Result<core::Bytes> request_body(const core::message::Layout& layout, const Values& arguments,
                                                     const std::array<core::Byte, 6>& terminal);

/// What a reply says, as results of the action: the code and, where it is 00, its fields. An Error for a reply that has
/// another form than its layout.
[[nodiscard]] core::Result<void> tell_reply(const core::message::Layout& layout, core::BytesView body, Values& results);

} // namespace tongka::harness
