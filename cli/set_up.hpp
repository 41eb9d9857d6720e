#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <CLI/App.hpp>

#include "cli/keys/keys_option.hpp"
#include "core/profile/profile.hpp"
#include "core/result.hpp"
#include "harness/plan/declaration.hpp"
#include "harness/run/devices.hpp"

namespace tongka::cli {

/// What `run`, `doctor` and `apdu` are told about devices.
struct SetUpOptions {
    std::string card;
    std::string psam;
    std::string isam;
    std::string terminal; ///< this and those down to `reader` are under test as a whole
    std::string file;
    std::string layout; ///< of the files; empty: their names tell
    KeysOption keys;    ///< to check the TACs of files with
    std::string host;
    std::string reader;
    std::string profile = "city-union";
    std::string ics;   ///< empty: the file beside the profile, `NAME.ics.yaml`
    std::string suite; ///< folder of the suite; empty: Tongka's own
    std::uint64_t seed = 1;
    std::string deviation;
    std::string card_state; ///< file that keeps the simulated card; empty for none
    std::string psam_state;
    std::string isam_state;
    /// Opens the terminal in place of `terminal`; empty for none.
    std::function<std::unique_ptr<harness::Actor>()> own_terminal;
    bool may_name_nothing = false; ///< what is run needs no device

    void add_device(CLI::App& command);
    void add_actors(CLI::App& command);
    /// The roles of which a device or an actor was named.
    [[nodiscard]] std::vector<harness::Role> named() const;
    [[nodiscard]] bool names_something() const { return !named().empty(); }
    void add_profile(CLI::App& command);
};

struct SetUp {
    core::Profile profile;
    harness::Declaration declaration;
    harness::Devices devices;
};

/// The proformas of a suite that brings a folder `proforma`, else Tongka's own.
[[nodiscard]] core::Result<harness::Proformas> load_proformas(const std::filesystem::path& suite = {});

/// Opens the devices and actors that were named.
[[nodiscard]] core::Result<harness::Devices> open_devices(const SetUpOptions& options, const core::Profile& profile);

/// Loads profile and declaration, and opens nothing.
[[nodiscard]] core::Result<SetUp> load_set_up(const SetUpOptions& options);

/// Loads profile and declaration and opens the devices and actors that were named.
[[nodiscard]] core::Result<SetUp> set_up(const SetUpOptions& options);

} // namespace tongka::cli
