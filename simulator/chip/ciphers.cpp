#include "simulator/chip/ciphers.hpp"

#include <algorithm>

namespace tongka::simulator {

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
