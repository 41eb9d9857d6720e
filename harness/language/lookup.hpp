#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "core/bytes.hpp"
#include "core/crypto/key.hpp"
#include "core/result.hpp"

namespace tongka::harness {

/// What an expression may ask for from outside the case; the run answers.
class Lookup {
public:
    virtual ~Lookup() = default;

    /// The value of `today`, `now`, `card.asn`, `card.chip`, `card.city`, `psam.terminal`, `psam.serial`,
    /// `isam.terminal`, `isam.serial` or `ixit.NAME`.
    [[nodiscard]] virtual core::Result<core::Bytes> given(std::string_view name) = 0;

    /// The choice in force of a rule.
    [[nodiscard]] virtual core::Result<std::string> rule(std::string_view name) = 0;

    /// The card's own key; without an index, the one that has none.
    [[nodiscard]] virtual core::Result<core::Key> key(std::string_view name, std::optional<core::Byte> index) = 0;

    /// A PSAM's master key, not diversified.
    [[nodiscard]] virtual core::Result<core::Key> master(std::string_view name, core::Byte index) = 0;

    /// A key of the ISAM: its own, or a master that is not diversified further than the ISAM holds it.
    [[nodiscard]] virtual core::Result<core::Key> isam_key(std::string_view name, core::Byte index) = 0;

    /// How long a flow may take, by one of limit_names().
    [[nodiscard]] virtual core::Result<std::chrono::microseconds> limit(std::string_view name) {
        return core::fail("no limit is known of '" + std::string(name) + "'");
    }

    /// Bytes of the run's generator.
    [[nodiscard]] virtual core::Result<core::Bytes> random(std::size_t count) = 0;
};

} // namespace tongka::harness
