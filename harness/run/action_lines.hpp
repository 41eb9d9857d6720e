#pragma once

#include <array>
#include <optional>

#include "harness/run/devices.hpp"
#include "harness/run/trace.hpp"

namespace tongka::harness {

/// The devices of a case as something under test reaches them during one action: each exchange goes into the record,
/// and the cut that the case asks for happens. All that it is given must outlive it.
class ActionLines {
public:
    /// `offered` are the devices of the case.
    ActionLines(const Devices& devices, const std::vector<Role>& offered, const std::optional<Cut>& cut,
                const Position& position, Trace& trace)
        : devices_(devices), offered_(offered), cut_(cut), position_(position), trace_(trace) {}

    [[nodiscard]] Lines lines();

    /// Whether what the case asks for has happened.
    [[nodiscard]] bool has_cut() const { return has_cut_; }
    /// Whether the device of the cut is away, and wants a reset.
    [[nodiscard]] bool is_gone() const { return has_cut_ && !cut_->spoil; }

    /// Why it has not, for one that did not.
    [[nodiscard]] Words why_not_cut() const;

    /// A device that did not answer though nothing was asked to happen to it.
    [[nodiscard]] const std::optional<core::Error>& trouble() const { return trouble_; }

private:
    [[nodiscard]] Line line_to(Role role);
    [[nodiscard]] core::Result<core::Bytes> transmit(Role role, core::BytesView command);
    [[nodiscard]] core::Result<core::Bytes> transmit_cut(Role role, core::BytesView command);
    [[nodiscard]] core::Result<void> reset(Role role);
    [[nodiscard]] bool is_cut(Role role, core::BytesView command) const;
    [[nodiscard]] bool is_away(Role role) const { return is_gone() && cut_->device == role; }
    /// Whether the answer was long enough to be altered so.
    [[nodiscard]] bool spoil(core::Bytes& answer);
    [[nodiscard]] core::Error note(core::Error error);

    const Devices& devices_;
    const std::vector<Role>& offered_;
    const std::optional<Cut>& cut_;
    const Position position_;
    Trace& trace_;
    bool was_asked_ = false; ///< the command of the cut came
    bool has_cut_ = false;
    core::Bytes answer_{}; ///< to the command of a cut that did not come about
    std::optional<core::Error> trouble_{};
};

} // namespace tongka::harness
