#pragma once

#include <functional>
#include <string>

#include "core/certificates/private_key.hpp"

namespace tongka::cli::certificates {

/// Makes a key, asks for its pass phrase, writes it to `key_file` and what `make` makes of it to `out`. Both are new
/// files, and both are there at the end, or neither.
[[nodiscard]] core::Result<void>
write_new_key(const std::string& key_file, const std::string& pass_file, const std::string& out,
              core::certificates::Form form,
              const std::function<core::Result<core::Bytes>(const core::certificates::PrivateKey&)>& make);

} // namespace tongka::cli::certificates
