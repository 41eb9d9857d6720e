#include "simulator/chip/pin.hpp"

namespace tongka::simulator {
namespace {

core::BytesView without_filler(core::BytesView pin) {
    while (!pin.empty() && pin.back() == pin_filler)
        pin = pin.first(pin.size() - 1);
    return pin;
}

core::BytesView beginning(core::BytesView bytes, std::size_t size) {
    return bytes.first(std::min(bytes.size(), size));
}

} // namespace

bool is_pin(core::BytesView bytes) {
    return bytes.size() <= longest_pin && without_filler(bytes).size() >= shortest_pin;
}

std::optional<unsigned> compare_pin(SmartCard& card, const StoredKey& pin, core::BytesView presented) {
    const unsigned left = card.deviates(Deviation::pin_tries_not_counted) ? pin.tries_left : pin.tries_left - 1U;
    if (!card.deviates(Deviation::pin_tries_not_counted) && !card.take_try(pin))
        return std::nullopt;
    const std::size_t compared = card.deviates(Deviation::pin_half_compared) ? shortest_pin : pin.value.size();
    if (!core::equal(beginning(without_filler(presented), compared), beginning(without_filler(pin.value), compared)))
        return left;
    if (!card.deviates(Deviation::pin_tries_not_reset) && !card.give_tries_back(pin))
        return std::nullopt;
    return right_pin;
}

core::Bytes filled_pin(core::BytesView pin, std::size_t size) {
    core::Bytes bytes = core::to_bytes(pin);
    bytes.resize(size, pin_filler);
    return bytes;
}

} // namespace tongka::simulator
