#pragma once

#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "core/keys/key_store.hpp"
#include "core/random.hpp"

namespace tongka::cli {

/// `--mother-card`, `--authentication-card` and `--pin-file`: virtual key cards, each in a state file
/// (docs/decisions/0009-key-cards.md).
struct KeyCardsOption {
    std::string mother;
    std::string authentication;
    std::string pin_file;

    void add_to(CLI::App& command);
    [[nodiscard]] bool given() const { return !mother.empty() || !authentication.empty(); }

    /// Makes a pair that carries the keys of a city. Gives the line to print; where it fails, no file is left.
    [[nodiscard]] core::Result<std::string> write(const core::KeyOwner& city, const std::vector<core::KeyEntry>& keys,
                                                  core::Random& random) const;

    /// Takes the keys out of the mother card, which then has them no more to give.
    [[nodiscard]] core::Result<std::vector<core::KeyEntry>> read(core::KeyOwner& city, core::Random& random) const;
};

} // namespace tongka::cli
