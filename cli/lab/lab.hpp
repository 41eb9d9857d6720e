#pragma once

#include "cli/lab/pcscd.hpp"
#include "simulator/virtual_reader/tcp.hpp"

namespace tongka::cli {

struct LabOptions {
    std::vector<DeviceRequest> devices;
    std::filesystem::path directory;          ///< empty: a new temporary one
    std::optional<simulator::Address> attach; ///< plug the one device into this vpcd instead of starting a pcscd
    std::vector<std::string> command;         ///< empty: the lab stands until a signal comes
    bool namespaces = true;
    Programs programs;
};

/// Virtual readers around COMMAND, or until a signal comes (docs/lab.md). Gives COMMAND's exit status (128 + n for a
/// signal; 126 and 127 as a shell where it cannot run), or 128 + n for a signal that ended the lab. One thread may call
/// it, in a process without others.
[[nodiscard]] core::Result<int> run_lab(const LabOptions& options);

} // namespace tongka::cli
