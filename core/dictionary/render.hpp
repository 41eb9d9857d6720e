#pragma once

#include <string>

#include "core/bytes.hpp"
#include "core/dictionary/field.hpp"

namespace tongka::core::dictionary {

/// A field's bytes as a person reads them: "0.01 CNY", "2008-10-09", "06 EP purchase". Bytes that are not what the kind
/// asks for (a date of FF) are shown as hex. Secret kinds are shown as `**` a byte. Takes any bytes at all.
[[nodiscard]] std::string render(Kind kind, BytesView bytes, Language language);

} // namespace tongka::core::dictionary
