#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/crypto/sha256.hpp"

namespace tongka::core {

/// What a suite's hash is made of: its folders `catalogue`, `cases` and `procedures`, and of these the files that end
/// in
/// `.yaml`, by their paths in the suite, with the SHA-256 of each.
using SuiteFiles = std::map<std::filesystem::path, Digest>;

/// Whether a path in a suite's folder is one of them.
[[nodiscard]] bool is_suite_file(const std::filesystem::path& in_suite);

/// The hash of a suite, upper-case hex: SHA-256 over each path, a zero byte and the file's hash, in the order of paths.
[[nodiscard]] std::string suite_digest(const SuiteFiles& files);

} // namespace tongka::core
