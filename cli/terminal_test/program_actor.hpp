#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "cli/terminal_test/command_template.hpp"
#include "core/result.hpp"
#include "harness/device/actor.hpp"

namespace tongka::cli {

/// A terminal program of somebody else's, as its user starts it.
struct ProgramTerminal {
    /// Command lines by action (`purchase`, `tap-in`, …), for `sh -c`.
    std::map<std::string, CommandTemplate, std::less<>> commands;
    std::string before_each; ///< a command before each case, such as one that clears its journal; may be empty
    std::chrono::seconds timeout{30};
    bool tells_results = false; ///< its last line of output is a JSON object of results (docs/terminal-test.md)
    std::map<harness::Role, int> relays; ///< sockets to the chips in the lab's readers (cli/lab/relay_chip.hpp)
    std::map<harness::Role, std::string> readers; ///< what PC/SC calls these
    /// Puts a card back that has left its reader.
    std::function<core::Result<void>(const std::string& reader)> insert;
};

/// What may stand in the command of an action: {amount} in fen, {amount-yuan}, {date}, {time}, {station},
/// {card-reader}, {psam-reader}, {isam-reader}, and {folder}, which is empty at first and there for as long as a case
/// lasts.
[[nodiscard]] std::vector<std::string_view> placeholders_of(std::string_view action);

/// Runs the program for each action, and serves its card, PSAM and ISAM over the lines of the case. `outcome` is its
/// exit status: 0 accepted, else refused. What it sent is counted; other results are what it prints, if it does.
[[nodiscard]] std::unique_ptr<harness::Actor> program_actor(ProgramTerminal program);

} // namespace tongka::cli
