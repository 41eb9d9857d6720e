#include "cli/lab/slots.hpp"

#include <fmt/format.h>

#include "cli/lab/control_line.hpp"

namespace tongka::cli {

using simulator::ReaderSlot;
using namespace std::chrono_literals;

namespace {

/// pcscd polls every 0.4 s.
constexpr simulator::Budget poll_budget = 5s;

std::string_view name(ReaderSlot::State state) {
    switch (state) {
    case ReaderSlot::State::absent:
        return "removed";
    case ReaderSlot::State::inserted:
        return "inserted";
    case ReaderSlot::State::torn:
        return "torn";
    case ReaderSlot::State::lost:
        break;
    }
    return "lost";
}

} // namespace

Slots::Slot::Slot(const Device& device, std::string in, std::optional<simulator::Address> listens,
                  std::function<void()> on_lost)
    : name(device.slot), reader(std::move(in)), vpcd(std::move(listens)),
      in_reader(*device.chip, vpcd ? ReaderSlot::OnSilence::leave : ReaderSlot::OnSilence::keep, std::move(on_lost)) {}

core::Result<void> Slots::plug_in(const Device& device, std::string reader, simulator::Address vpcd) {
    TONGKA_TRY(auto connection, simulator::connect_to(vpcd, poll_budget));
    slots_.emplace_back(device, std::move(reader), std::move(vpcd), on_lost_).in_reader.insert(std::move(connection));
    return {};
}

void Slots::plug_in(const Device& device, std::string reader, simulator::Descriptor connection) {
    slots_.emplace_back(device, std::move(reader), std::nullopt, on_lost_).in_reader.insert(std::move(connection));
}

core::Result<void> Slots::wait_until_polled(simulator::Budget budget) {
    for (auto& slot : slots_)
        if (auto polled = slot.in_reader.wait_until_polled(budget); !polled)
            return core::fail(polled.error().at(slot.reader));
    return {};
}

std::string Slots::obey(std::string_view line) {
    auto result = answer(line);
    if (!result)
        return "error " + result.error().message;
    return result->empty() ? "ok" : "ok " + *result;
}

core::Result<std::string> Slots::answer(std::string_view line) {
    using Verb = ControlLine::Verb;
    TONGKA_TRY(auto command, parse_control_line(line));
    if (command.verb == Verb::list)
        return list();
    TONGKA_TRY(auto* slot, movable(command.slot));
    bool inserted = slot->in_reader.state() == ReaderSlot::State::inserted;
    if (command.verb == Verb::insert) {
        if (inserted)
            return core::fail(slot->name + " is in its reader already");
        TONGKA_CHECK(insert(*slot));
        return std::string();
    }
    if (!inserted)
        return core::fail(slot->name + " is not in its reader");
    if (command.verb == Verb::remove) {
        slot->in_reader.remove();
        TONGKA_CHECK(seen_(Presence::no_card, slot->reader));
    } else {
        slot->in_reader.cut_power_at(command.cut);
    }
    return std::string();
}

core::Result<void> Slots::insert(Slot& slot) {
    bool left_by_itself = slot.in_reader.state() != ReaderSlot::State::absent;
    slot.in_reader.remove();
    if (left_by_itself)
        TONGKA_CHECK(seen_(Presence::no_card, slot.reader));
    TONGKA_TRY(auto connection, simulator::connect_to(*slot.vpcd, poll_budget));
    slot.in_reader.insert(std::move(connection));
    TONGKA_CHECK(slot.in_reader.wait_until_polled(poll_budget));
    return seen_(Presence::card, slot.reader);
}

core::Result<Slots::Slot*> Slots::movable(const std::string& name) {
    for (auto& slot : slots_) {
        if (slot.name != name)
            continue;
        if (!slot.vpcd)
            return core::fail("not available: without namespaces a card stays in its reader");
        return &slot;
    }
    return core::fail(fmt::format("there is no slot \"{}\"", name));
}

std::string Slots::list() const {
    std::string text;
    for (const auto& slot : slots_)
        text +=
            fmt::format("{}{} {} {}", text.empty() ? "" : "; ", slot.name, name(slot.in_reader.state()), slot.reader);
    return text;
}

std::optional<core::Error> Slots::lost() const {
    for (const auto& slot : slots_)
        if (slot.in_reader.state() == ReaderSlot::State::lost)
            return slot.in_reader.why_lost().at(slot.reader);
    return {};
}

} // namespace tongka::cli
