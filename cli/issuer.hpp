#pragma once

#include <CLI/App.hpp>

namespace tongka::cli {

/// `tongka issuer serve|admit-terminal|admit-isam|messages`: the load host behind messages (docs/online.md).
void add_issuer(CLI::App& app, int& exit_status);

void add_issuer_serve(CLI::App& issuer, int& exit_status);
void add_issuer_admit(CLI::App& issuer, int& exit_status);

} // namespace tongka::cli
