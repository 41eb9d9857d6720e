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
    /// All in it belongs to `owner`, if there is one. Without a pcscd of its own a lab has no `pcscd.comm`.
    [[nodiscard]] static core::Result<Workspace> create(std::filesystem::path directory, std::optional<Identity> owner,
                                                        bool with_pcscd);
    Workspace(Workspace&& other) noexcept;
    ~Workspace() { remove(); }

    [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
    [[nodiscard]] std::filesystem::path reader_configuration() const { return directory_ / "reader.conf.d"; }
    [[nodiscard]] std::filesystem::path log() const { return directory_ / "pcscd.log"; }
    [[nodiscard]] std::filesystem::path pcscd_socket() const { return directory_ / "pcscd.comm"; }
    [[nodiscard]] std::filesystem::path control_socket() const { return directory_ / "control"; }

    /// The listening ends.
    simulator::Descriptor pcscd;
    simulator::Descriptor control;

    void remove();
    /// Removes nothing any more: another process does.
    void release() { directory_.clear(); }

private:
    explicit Workspace(std::filesystem::path directory, bool made) : directory_(std::move(directory)), made_(made) {}

    std::filesystem::path directory_;
    bool made_; ///< by us: the directory itself goes too
};

} // namespace tongka::cli
