#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "reports/tests/folder.hpp"

namespace tongka::reports::test {

/// tests/sample.jsonl, which tests/make_sample.py made.
[[nodiscard]] std::filesystem::path sample_record();

/// A record of these lines, given without their `prev`, with a right hash chain. Each line is a JSON object such as
/// `{"kind":"begin",…}`; a header is put before them.
[[nodiscard]] std::string make_record(const std::vector<std::string>& lines);

} // namespace tongka::reports::test
