#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "simulator/sam/sam.hpp"

namespace tongka::simulator {

/// The purchase SAM of a terminal (CJ/T 333, GB/T 31778; standards.md 3.4, 4.3): contact, T=0.
class Psam final : public Sam {
public:
    /// As it leaves the factory. Of the profile it takes what the chip itself has: serial number, which codes 80CA
    /// accepts, how many wrong MAC2s a key bears, rules.
    Psam(const core::Profile& profile, std::unique_ptr<core::Random> random, Deviations deviations = {});

    /// Wrong MAC2s of every purchase key of the application.
    void on_unblock(Transaction& transaction) override;

    // For the commands.
    [[nodiscard]] bool accepts(core::BytesView security_code) const;
    /// The purchase key with this version and algorithm.
    [[nodiscard]] std::optional<StoredKey> purchase_key(core::Byte version, core::Byte algorithm) const;
    [[nodiscard]] bool is_exhausted(const StoredKey& purchase_key) const;

    /// Whether 80CA has accepted a user card since the last 8070.
    bool authenticated = false;
    /// The session of the purchase that waits for MAC2, its amount, and the key that bears a wrong one.
    struct Purchase {
        core::Cipher session;
        std::array<core::Byte, 4> amount;
        core::Byte version;
        core::Byte algorithm;
    };
    std::optional<Purchase> purchase;
    /// Whether a grey lock was written since there is power.
    bool has_new_lock = false;

private:
    Reply perform(const core::Command& command, core::Bytes& answer) override;
    void forget() override;

    std::vector<core::Bytes> accepted_codes_;
    unsigned mac2_tries_;
};

/// Every command of the PSAM.
[[nodiscard]] const InstructionSet& psam_instructions();

} // namespace tongka::simulator
