#pragma once

#include <functional>
#include <string>

#include <CLI/App.hpp>

#include "core/keys/key_store.hpp"
#include "core/result.hpp"

namespace tongka::cli {

/// What a subcommand of `keys` does: the text it prints.
using KeysWork = std::function<core::Result<std::string>()>;

/// Has `command` do `work`, without core files; exit status 0, or 2 and one line of why not.
void run_when_asked(CLI::App& command, int& exit_status, KeysWork work);

/// `--pass-file FILE`, or another option of its kind, for the pass phrase of `what`.
CLI::Option* add_pass_file(CLI::App& command, const std::string& option, std::string& file, const std::string& what);

/// One line: how many keys of whom, and their generations.
[[nodiscard]] std::string summary(const std::string& where, const core::KeyStore& store);

} // namespace tongka::cli
