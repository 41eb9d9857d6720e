#pragma once

#include <filesystem>
#include <string>

#include "cli/lab/identity.hpp"
#include "core/result.hpp"
#include "simulator/virtual_reader/descriptor.hpp"

namespace tongka::cli {

/// The directory of a lab: pcscd's configuration and log, and two sockets, bound and listening: `pcscd.comm` for PC/SC
/// programs, `control` for tongka lab-control. Removed at the end.
class Workspace {
public:
    /// In `directory`, which must not exist or be empty; in a new one under $XDG_RUNTIME_DIR or /tmp when it is empty.
    /// All in it belongs to `owner`, if there is one.
    [[nodiscard]] static core::Result<Workspace> create(std::filesystem::path directory, std::optional<Identity> owner);
    Workspace(Workspace&& other) noexcept;
    ~Workspace() { remove(); }

    [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
    [[nodiscard]] std::filesystem::path reader_configuration() const { return directory_ / "reader.conf.d"; }
    [[nodiscard]] std::filesystem::path log() const { return directory_ / "pcscd.log"; }
    [[nodiscard]] std::filesystem::path pcscd_socket() const { return directory_ / "pcscd.comm"; }
    [[nodiscard]] std::filesystem::path control_socket() const { return directory_ / "control"; }

    /// The listening ends: of the control socket, and of pcscd's, which only the processes that serve it may keep open:
    /// clients wait for ever on one that nobody serves.
    simulator::Descriptor control;
    simulator::Descriptor pcscd;
    [[nodiscard]] core::Result<void> listen_for_pcscd();

    /// Makes it the working directory, and all paths relative to it: who may not pass through the directories above it
    /// (root that became another user) can still use it.
    [[nodiscard]] core::Result<void> enter();

    void remove();

private:
    Workspace(std::filesystem::path directory, bool made, std::optional<Identity> owner)
        : directory_(directory), name_(std::move(directory)), made_(made), owner_(owner) {}

    std::filesystem::path directory_; ///< empty: nothing to remove
    std::filesystem::path name_;      ///< as it is known outside
    bool made_;                       ///< by us: the directory itself goes too
    std::optional<Identity> owner_;
};

} // namespace tongka::cli
