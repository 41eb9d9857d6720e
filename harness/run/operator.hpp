#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "harness/language/model.hpp"

namespace tongka::harness {

/// What an operator said to a question of a case.
struct Answer {
    bool yes = false;
    std::string by;     ///< who answered
    std::string remark; ///< in their own words; may be empty
    std::vector<std::filesystem::path> attachments;
};

/// Whoever does the manual steps of cases.
class Operator {
public:
    virtual ~Operator() = default;

    /// The answer to the case's next question; none where nobody can tell. An Error is about the set-up, such as an
    /// attachment that is not there.
    [[nodiscard]] virtual core::Result<std::optional<Answer>> ask(const Case& test_case, const Words& question) = 0;
};

/// Copies a file into `folder`, under a name that no other content has there, and gives that name with its SHA-256 in
/// front. An Error names the file.
struct Attachment {
    std::string name;
    std::string sha256; ///< upper-case hex
    std::uint64_t bytes = 0;
};
[[nodiscard]] core::Result<Attachment> attach(const std::filesystem::path& file, const std::filesystem::path& folder);

} // namespace tongka::harness
