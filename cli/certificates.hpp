#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka certificates new-root|request|issue|revoke|crl|verify|show`.
void add_certificates(CLI::App& app, int& exit_status);

} // namespace tongka::cli
