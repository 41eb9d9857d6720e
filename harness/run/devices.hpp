#pragma once

#include <memory>
#include <vector>

#include "harness/device/actor.hpp"
#include "harness/device/device.hpp"

namespace tongka::harness {

/// The devices and actors of a run, by role; null where a role was not given.
struct Devices {
    std::unique_ptr<Device> card;
    std::unique_ptr<Device> psam;
    std::unique_ptr<Device> isam;
    std::unique_ptr<Actor> terminal{};
    std::unique_ptr<Actor> file{};
    std::unique_ptr<Actor> host{};
    std::unique_ptr<Actor> reader{};

    /// Null for the roles of actors.
    [[nodiscard]] Device* at(Role role) const {
        Device* const by_role[] = {card.get(), psam.get(), isam.get(), nullptr, nullptr, nullptr, nullptr};
        return by_role[static_cast<std::size_t>(role)];
    }
    /// Null for the roles of devices.
    [[nodiscard]] Actor* actor(Role role) const {
        Actor* const by_role[] = {nullptr, nullptr, nullptr, terminal.get(), file.get(), host.get(), reader.get()};
        return by_role[static_cast<std::size_t>(role)];
    }
    void give(Role role, std::unique_ptr<Actor> one) {
        (role == Role::terminal ? terminal
         : role == Role::file   ? file
         : role == Role::host   ? host
                                : reader) = std::move(one);
    }
    [[nodiscard]] bool has(Role role) const { return at(role) != nullptr || actor(role) != nullptr; }

    /// The roles that were given.
    [[nodiscard]] std::vector<Role> given() const {
        std::vector<Role> found;
        for (const Role role : roles)
            if (has(role))
                found.push_back(role);
        return found;
    }
};

} // namespace tongka::harness
