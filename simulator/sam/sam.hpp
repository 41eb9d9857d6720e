#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "core/crypto/cipher.hpp"
#include "core/profile/profile.hpp"
#include "simulator/chip/instruction.hpp"
#include "simulator/chip/smart_card.hpp"
#include "simulator/sam/usage.hpp"

namespace tongka::simulator {

/// 8 bytes that a card's key is derived with; in the order in which they are used.
using Factors = std::vector<std::array<core::Byte, 8>>;

/// The key that INIT_FOR_DESCRYPT has derived, and the MAC that DES CRYPT has under way with it.
struct TemporaryKey {
    core::Cipher cipher;
    Purpose purpose;
    std::optional<std::array<core::Byte, 16>> chain = std::nullopt; ///< of a MAC whose last block has not come yet
};

/// What PSAM and ISAM share (standards.md 3.4, 4.3): contact, T=0; files 0015 and 0016; keys with a usage, an id, a
/// version and an algorithm; INIT_FOR_DESCRYPT and DES CRYPT.
class Sam : public SmartCard {
public:
    /// As it leaves the factory: no files, no keys. `computing_right` is the access right that WRITE KEY gives keys
    /// which cards' keys are derived from.
    Sam(const core::SamProfile& profile, const core::Rules& rules, std::unique_ptr<core::Random> random,
        Deviations deviations, core::Byte computing_right);

    /// Gives a personalised SAM the counter of the profile, as though it had been used, and its list of random numbers.
    /// It has power.
    void preset(const core::SamProfile& profile);

    // For the commands.
    [[nodiscard]] core::Byte computing_right() const { return computing_right_; }
    [[nodiscard]] std::optional<TemporaryKey>& temporary() { return temporary_; }

    /// A key of the current directory that cards' keys are derived from.
    [[nodiscard]] std::optional<StoredKey> master(Usage usage, core::Byte id) const;
    /// The factors of a command, which stand card first and city last, in the order in which they are used: the
    /// outermost first unless the rule factor-order says otherwise (standards.md 5.1, 9 row 13).
    [[nodiscard]] Factors factors(core::BytesView data) const;
    [[nodiscard]] core::Key derive(const StoredKey& master, const Factors& factors);

    /// Terminal number (file 0016), 6 bytes; zeros where there is no such file.
    [[nodiscard]] core::BytesView terminal() const;
    /// Serial number of the next transaction, 4 bytes: file 0018 of the current directory. None where that is missing.
    [[nodiscard]] std::optional<FileIndex> counter_file() const;
    /// Behind the last serial number they would begin anew: it is not given out.
    [[nodiscard]] bool is_counted_out(FileIndex counter_file) const;

protected:
    void forget() override;
    /// A key that a log-in has opened ends with it (inferred).
    void on_enter() override { temporary_.reset(); }

private:
    core::Byte computing_right_;
    std::optional<TemporaryKey> temporary_;
};

/// Levels of diversification of a key that is not the SAM's own.
[[nodiscard]] inline unsigned levels_of(const StoredKey& key) {
    return key.fifth >> 4;
}
/// Its algorithm identifier.
[[nodiscard]] inline core::Byte algorithm_of(const StoredKey& key) {
    return key.fifth & 0x0F;
}

inline constexpr std::size_t factor_size = 8;

} // namespace tongka::simulator
