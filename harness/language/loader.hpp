#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "harness/language/model.hpp"

namespace tongka::harness {

/// A file that has been read, for suites that do not come from a folder.
struct CaseText {
    std::string text;
    std::string name;          ///< stands before line and column in Errors
    std::string standard = ""; ///< of the cases in it
};

/// Loads `folder`/cases/<standard>/*.yaml and `folder`/procedures/*.yaml, in the order of their names, and checks all
/// there is to check without the catalogue. The Error tells the first thing wrong, as file:line:column.
[[nodiscard]] core::Result<Suite> load_suite(const std::filesystem::path& folder);

/// The same for chosen files of cases; a file's standard is the name of its folder.
[[nodiscard]] core::Result<Suite> load_suite(const std::vector<std::filesystem::path>& cases,
                                             const std::vector<std::filesystem::path>& procedures);

[[nodiscard]] core::Result<Suite> parse_suite(const std::vector<CaseText>& cases,
                                              const std::vector<CaseText>& procedures);

} // namespace tongka::harness
