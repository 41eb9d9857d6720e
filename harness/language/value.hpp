#pragma once

#include <variant>

#include "core/bytes.hpp"
#include "core/crypto/key.hpp"
#include "harness/language/type.hpp"

namespace tongka::harness {

/// What a name of a case stands for while it runs.
using Value = std::variant<core::Bytes, core::Key>;

[[nodiscard]] inline Type type_of(const Value& value) {
    const auto* bytes = std::get_if<core::Bytes>(&value);
    return bytes != nullptr ? Type::bytes(bytes->size()) : Type::key();
}

} // namespace tongka::harness
