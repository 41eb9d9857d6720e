#pragma once

#include <string_view>

#include "core/profile/file_profile.hpp"
#include "core/profile/profile.hpp"
#include "core/result.hpp"
#include "simulator/chip/transmit.hpp"

namespace tongka::simulator {

/// The issuer's end of the line: commands in clear and under secure messaging. Whatever is not answered with 9000 or
/// 61xx is an Error that tells the command without keys and PINs.
class Sender {
public:
    /// `device` names it in Errors.
    Sender(const Transmit& transmit, const core::Rules& rules, std::string_view device)
        : transmit_(transmit), rules_(rules), device_(device) {}

    /// The data of the answer.
    core::Result<core::Bytes> send(core::BytesView command) const;
    core::Result<void> command(core::Byte cla, core::Byte ins, core::Byte p1, core::Byte p2,
                               core::BytesView data) const;

    /// SELECT by DF name, or by file identifier.
    core::Result<void> select(core::BytesView name) const;
    core::Result<void> select(std::uint16_t id) const;

    /// A writing command with `content` under secure messaging: with its MAC, or enciphered with a MAC
    /// (standards.md 5.1). With the protection `none` in clear.
    core::Result<void> write(core::Byte cla, core::Byte ins, core::Byte p1, core::Byte p2, core::BytesView content,
                             core::Protection protection, const core::Key* key) const;

    /// EXTERNAL AUTHENTICATION with the key of this identifier.
    core::Result<void> authenticate(core::Byte id, const core::Key& key) const;

private:
    core::Result<core::Bytes> challenge() const;

    const Transmit& transmit_;
    const core::Rules& rules_;
    std::string_view device_;
};

} // namespace tongka::simulator
