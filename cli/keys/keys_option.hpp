#pragma once

#include <memory>
#include <string>

#include <CLI/App.hpp>

#include "core/keys/open_store.hpp"

namespace tongka::cli {

/// `--keys STORE` and `--pass-file FILE` of commands that work with the keys of a store, without changing them.
struct KeysOption {
    std::string store;
    std::string pass_file;

    void add_to(CLI::App& command);

    /// No core file of this process from then on.
    [[nodiscard]] core::Result<std::unique_ptr<core::KeyStore>> open(core::Random& random) const;
};

} // namespace tongka::cli
