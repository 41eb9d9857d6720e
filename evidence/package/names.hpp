#pragma once

#include <string_view>

/// The names of the files of a package.
namespace tongka::evidence {

inline constexpr std::string_view manifest_name = "manifest.json";
inline constexpr std::string_view signature_name = "manifest.sig";
inline constexpr std::string_view time_stamp_name = "timestamp.tsr";
inline constexpr std::string_view record_name = "run/record.jsonl";
inline constexpr std::string_view run_folder = "run/";
inline constexpr std::string_view attachment_folder = "run/attachments/";
inline constexpr std::string_view suite_folder = "suite/";
inline constexpr std::string_view document_folder = "documents/";
inline constexpr std::string_view certificate_folder = "certificates/";

} // namespace tongka::evidence
