#pragma once

#include <functional>
#include <list>
#include <optional>
#include <string_view>

#include "cli/lab/devices.hpp"
#include "cli/lab/ready.hpp"
#include "simulator/virtual_reader/reader_slot.hpp"
#include "simulator/virtual_reader/tcp.hpp"

namespace tongka::cli {

/// The devices of a lab in their readers, and what the control socket can do with them.
class Slots {
public:
    /// Returns when pcscd has seen that a device was put in or taken out. A device put in before pcscd has looked at
    /// the empty reader would take the place of the one before unnoticed, and never get power.
    using Seen = std::function<core::Result<void>(Presence, const std::string& reader)>;

    /// `on_lost` is called (from another thread) whenever a reader lets a device go by itself.
    Slots(Seen seen, std::function<void()> on_lost) : seen_(std::move(seen)), on_lost_(std::move(on_lost)) {}

    /// A device whose vpcd listens at an address: it can be taken out and put in. It is in from now on.
    [[nodiscard]] core::Result<void> plug_in(const Device& device, std::string reader, simulator::Address vpcd);

    /// A device whose vpcd has connected to us: it stays in.
    void plug_in(const Device& device, std::string reader, simulator::Descriptor connection);

    /// Waits until every reader has found its device.
    [[nodiscard]] core::Result<void> wait_until_polled(simulator::Budget budget);

    /// One line of the control socket in, its answer out: `ok …` or `error …`.
    [[nodiscard]] std::string obey(std::string_view line);

    /// Why a reader let a device go, if one did.
    [[nodiscard]] std::optional<core::Error> lost() const;

private:
    struct Slot {
        Slot(const Device& device, std::string in, std::optional<simulator::Address> listens,
             std::function<void()> on_lost);
        std::string name;
        std::string reader;
        std::optional<simulator::Address> vpcd;
        simulator::ReaderSlot in_reader;
    };
    [[nodiscard]] core::Result<std::string> answer(std::string_view line);
    [[nodiscard]] core::Result<Slot*> movable(const std::string& name);
    core::Result<void> insert(Slot& slot);
    [[nodiscard]] std::string list() const;

    Seen seen_;
    std::function<void()> on_lost_;
    std::list<Slot> slots_; // a ReaderSlot does not move
};

} // namespace tongka::cli
