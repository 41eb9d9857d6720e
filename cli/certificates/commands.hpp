#pragma once

#include <CLI/App.hpp>

#include "core/clock.hpp"

namespace tongka::cli::certificates {

/// Each adds one subcommand to `tongka certificates`.
void add_new_root(CLI::App& parent, const core::Clock& clock, int& exit_status);
void add_request(CLI::App& parent, int& exit_status);
void add_issue(CLI::App& parent, const core::Clock& clock, int& exit_status);
void add_crl(CLI::App& parent, const core::Clock& clock, int& exit_status);
void add_revoke(CLI::App& parent, const core::Clock& clock, int& exit_status);
void add_verify(CLI::App& parent, const core::Clock& clock, int& exit_status);
void add_show(CLI::App& parent, int& exit_status);

} // namespace tongka::cli::certificates
