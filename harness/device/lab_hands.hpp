#pragma once

#include <functional>
#include <optional>
#include <string>

#include "core/result.hpp"
#include "harness/device/device.hpp"

namespace tongka::harness {

/// What a lab of virtual readers can do with the card in the PC/SC reader of a name; real readers have no such hands.
struct LabHands {
    /// Takes it out or puts it in; returns when PC/SC has seen it.
    std::function<core::Result<void>(const std::string& reader, bool in)> move{};
    /// As Device::tear: the card then leaves the reader by itself. An Error where cards of this lab stay in.
    std::function<core::Result<void>(const std::string& reader, std::optional<Tear> where)> tear{};
};

} // namespace tongka::harness
