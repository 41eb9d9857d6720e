#pragma once

#include <vector>

#include "harness/device/device.hpp"
#include "harness/device/lab_hands.hpp"

namespace tongka::harness {

/// The readers that PC/SC knows now, with what is in them.
struct ReaderState {
    std::string name;
    bool card_present = false;
    core::Bytes answer_to_reset;
};
[[nodiscard]] core::Result<std::vector<ReaderState>> list_readers();

/// The whole name of the reader that has this name, or of the only one with this part.
[[nodiscard]] core::Result<std::string> find_reader(std::string_view which);

/// Connects to the device in a reader, for this process alone. `which` is a reader's name or a part of it that only one
/// has, `atr=HEX` (the beginning of the answer to reset), or `asn=HEX` (application serial number of a user card).
[[nodiscard]] core::Result<std::unique_ptr<Device>> connect_pcsc(std::string_view which, const LabHands& hands = {});

} // namespace tongka::harness
