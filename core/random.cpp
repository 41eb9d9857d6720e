#include "core/random.hpp"

#include <botan/system_rng.h>

namespace tongka::core {

void SystemRandom::fill(std::span<Byte> bytes) {
    Botan::system_rng().randomize(bytes.data(), bytes.size());
}

void SeededRandom::fill(std::span<Byte> bytes) {
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
        auto part = bytes.subspan(i, std::min<std::size_t>(8, bytes.size() - i));
        write_big_endian(part, generator_());
    }
}

void ScriptedRandom::fill(std::span<Byte> bytes) {
    if (script_.empty())
        return then_->fill(bytes);
    const Bytes next = std::move(script_.front());
    script_.pop_front();
    const auto served = std::min(next.size(), bytes.size());
    std::copy_n(next.begin(), served, bytes.begin());
    std::ranges::fill(bytes.subspan(served), Byte{0});
}

} // namespace tongka::core
