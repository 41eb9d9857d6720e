#pragma once

#include <string>

#include "core/bytes.hpp"

namespace tongka::core::dictionary {

/// A command as hex text, in which every byte that may be of a PIN or a key is `**`: the data of VERIFY, CHANGE PIN,
/// RELOAD PIN (its MAC stays), PIN UNBLOCK (its MAC stays), and of the commands that write keys. In doubt (a wrong CLA,
/// lengths that do not add up) it hides more, never less. Takes any bytes at all.
[[nodiscard]] std::string redact(BytesView command);

/// An answer as hex text, in which the sector keys that a PSAM gives out (CALCULATE M1 KEY) are `**`.
[[nodiscard]] std::string redact_response(BytesView command, BytesView response);

} // namespace tongka::core::dictionary
