#pragma once

#include <optional>

#include "core/crypto/key.hpp"
#include "simulator/psam/psam.hpp"

namespace tongka::simulator {

/// The grey lock that this PSAM has begun, in file 00E0 of the application, which no command reads or writes: a
/// terminal may lose power between the lock and its release (that it is kept at all is inferred from GET GMAC, which
/// names the card and its counter anew).
struct GreyLockRecord {
    static constexpr std::uint16_t file_id = 0x00E0;
    static constexpr std::size_t size = 38;

    enum class State : core::Byte { none, begun, certified, released };

    State state = State::none;
    std::array<core::Byte, 8> asn{};
    std::array<core::Byte, 2> counter{};
    std::array<core::Byte, 4> balance{};
    core::Byte version = 0; ///< of the purchase key
    core::Byte algorithm = 0;
    core::Byte session_algorithm = 0;
    std::array<core::Byte, 16> session{};
    std::array<core::Byte, 4> amount{}; ///< of the GMAC that was given out

    [[nodiscard]] core::Key session_key() const;

    /// None where the application has no such file.
    [[nodiscard]] static std::optional<GreyLockRecord> read(const Psam& psam);
    void write(Transaction& transaction, const Psam& psam) const;
};

} // namespace tongka::simulator
