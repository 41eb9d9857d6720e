#include "core/keys/key_record.hpp"

#include <ctime>

#include <fmt/format.h>

#include "core/crypto/cipher.hpp"

namespace tongka::core {

CheckValue check_value(const Key& key) {
    std::array<Byte, 16> block{};
    Cipher(key).encrypt_block(block.data());
    return {block[0], block[1], block[2], block[3]};
}

std::string_view name(KeyState state) {
    static constexpr std::string_view names[] = {"prepared", "current", "retiring", "destroyed"};
    return names[static_cast<std::size_t>(state)];
}

std::string today(const Clock& clock) {
    const std::time_t seconds = Clock::Time::clock::to_time_t(clock.now());
    std::tm day{};
    ::gmtime_r(&seconds, &day);
    return fmt::format("{:04}-{:02}-{:02}", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

} // namespace tongka::core
