#pragma once

#include <string_view>

/// The files of this folder, built into the program (embed.cmake).
namespace tongka::reports::templates {

extern const std::string_view frame;  ///< report.html, a mustache template
extern const std::string_view style;  ///< report.css
extern const std::string_view script; ///< report.js

extern const std::string_view print_style; ///< print.css

} // namespace tongka::reports::templates
