#pragma once

#include <string_view>

#include <botan/secmem.h>

#include "core/bytes.hpp"

namespace tongka::core {

/// Bytes that are wiped when they go, wherever a vector moved them meanwhile.
using SecretBytes = Botan::secure_vector<Byte>;

/// A pass phrase of a file or the PIN of a token.
using PassPhrase = SecretBytes;

/// For tests, whose pass phrases are no secret.
[[nodiscard]] inline PassPhrase pass_phrase(std::string_view text) {
    return {text.begin(), text.end()};
}

} // namespace tongka::core
