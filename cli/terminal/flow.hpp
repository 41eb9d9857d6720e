#pragma once

#include <memory>

#include <CLI/App.hpp>

#include "core/profile/profile.hpp"
#include "harness/device/device.hpp"
#include "simulator/terminal/terminal.hpp"

namespace tongka::cli {

/// What every flow at a terminal is told on the command line, and what it prints.
struct TerminalFlow {
    std::string card = "sim:card";
    std::string profile = "city-union";
    std::string card_state = {};
    std::string parameters = {};
    std::string records = {};
    std::string moment = {}; ///< YYYYMMDDhhmmss; empty: now
    std::string format = "text";
    std::string deviation = {};

    void add_card_to(CLI::App& command);
    void add_records_to(CLI::App& command, bool required);
    void add_moment_to(CLI::App& command);

    /// The option that makes the terminal wrong in one point.
    void add_deviation_to(CLI::App& command);

    [[nodiscard]] core::Result<simulator::Moment> when() const;
    [[nodiscard]] core::Result<core::Profile> load_profile() const;
    [[nodiscard]] core::Result<std::unique_ptr<harness::Device>>
    open(const std::string& spec, harness::Role role, const core::Profile& with, const std::string& state) const;
    /// Those of the file, whose skipped lines are told; without one, those of a terminal of the card's own city that
    /// asks for nothing more.
    [[nodiscard]] core::Result<simulator::TerminalParameters>
    read_parameters(const core::Profile& with, const simulator::Transmit& card_line) const;
    /// Nothing where none was asked for; an Error for one that terminals do not have.
    [[nodiscard]] core::Result<std::optional<simulator::TerminalDeviation>> find_deviation() const;
    /// In memory without a file; a line that was cut off is told.
    [[nodiscard]] core::Result<simulator::RecordStore> open_records() const;

    /// Prints the outcome, and on stderr why it is no plain success. The exit status: 0 accepted and confirmed, else 1.
    [[nodiscard]] int tell(const simulator::TerminalOutcome& outcome, std::string_view command) const;
};

/// The PSAM of a flow.
struct PsamOption {
    std::string device = "sim:psam";
    std::string state = {};

    void add_to(CLI::App& command);
};

/// Runs `work` when the command is asked for; an Error is printed, and is exit status 2.
void run_flow(CLI::App& command, int& exit_status, std::function<core::Result<int>()> work);

} // namespace tongka::cli
