#pragma once

#include <memory>

#include "harness/device/device.hpp"

namespace tongka::harness {

/// The devices of a run, by role; null where a role was not given.
struct Devices {
    std::unique_ptr<Device> card;
    std::unique_ptr<Device> psam;
    std::unique_ptr<Device> isam;

    [[nodiscard]] Device* at(Role role) const {
        return role == Role::card ? card.get() : role == Role::psam ? psam.get() : isam.get();
    }
};

} // namespace tongka::harness
