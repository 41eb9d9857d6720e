#pragma once

#include <vector>

#include "core/keys/key_record.hpp"
#include "core/keys/secret.hpp"

namespace tongka::simulator {

/// What a mother card carries, as its file 0003 holds it: number of keys 2, then record and key of each in the form of
/// core/keys/record_form.hpp.
[[nodiscard]] core::SecretBytes key_load(const std::vector<core::KeyEntry>& keys);

/// Reads it back; an Error where the form is broken or a check value is not its key's.
[[nodiscard]] core::Result<std::vector<core::KeyEntry>> read_key_load(core::BytesView bytes);

} // namespace tongka::simulator
