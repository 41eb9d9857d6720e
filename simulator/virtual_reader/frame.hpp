#pragma once

#include <optional>

#include "core/bytes.hpp"
#include "core/result.hpp"

namespace tongka::simulator {

/// vpcd's messages to a card that are one byte long; every other frame is a command for it.
enum class Control : core::Byte { off = 0x00, on = 0x01, reset = 0x02, answer_to_reset = 0x04 };

/// Takes vpcd's stream apart: each frame is a length (2 bytes, big-endian) and as many bytes.
class FrameParser {
public:
    /// What has arrived; ends the life of a view that next() gave.
    void feed(core::BytesView bytes);

    /// The content of the next whole frame, if it has arrived. An empty frame is an Error: vpcd sends none.
    [[nodiscard]] core::Result<std::optional<core::BytesView>> next();

    /// To be asked when the stream has ended: an Error if that was inside a frame.
    [[nodiscard]] core::Result<void> end() const;

private:
    core::Bytes bytes_;
    std::size_t read_ = 0;
};

/// Puts a frame around `content` at the end of `to`. Error for nothing (vpcd drops a card that sends an empty frame)
/// and for more than 65535 bytes.
[[nodiscard]] core::Result<void> append_frame(core::Bytes& to, core::BytesView content);

} // namespace tongka::simulator
