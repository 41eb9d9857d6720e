#include "simulator/chip/ciphers.hpp"

#include <algorithm>

namespace tongka::simulator {

core::Key halved(const core::Key& key) {
    if (key.bytes().size() < 16)
        return key;
    const auto half = key.bytes().first(8);
    return core::Key::create(key.algorithm(), core::concatenate({half, half})).value();
}

const core::Cipher& Ciphers::of(const core::Key& key) {
    if (const auto found = std::ranges::find(entries_, key, &Entry::key); found != entries_.end())
        return found->cipher;
    if (entries_.size() < most) {
        entries_.push_back({key, core::Cipher(key)});
        return entries_.back().cipher;
    }
    Entry& entry = entries_[oldest_];
    oldest_ = (oldest_ + 1) % most;
    entry = {key, core::Cipher(key)};
    return entry.cipher;
}

} // namespace tongka::simulator
