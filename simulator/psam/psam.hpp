#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/crypto/cipher.hpp"
#include "core/profile/profile.hpp"
#include "simulator/chip/instruction.hpp"
#include "simulator/chip/smart_card.hpp"

namespace tongka::simulator {

/// A purchase master key of the PSAM, ready for use.
struct MasterKey {
    core::Byte version;
    unsigned levels; ///< how many times it is diversified down to a card's key
    core::Key key;
};

/// The purchase SAM of a terminal (CJ/T 333, GB/T 31778; standards.md 3.4, 4.3): contact, T=0.
class Psam final : public SmartCard {
public:
    /// Personalised as the profile says; the generator serves what the profile's list leaves.
    Psam(const core::Profile& profile, std::unique_ptr<core::Random> random, Deviations deviations = {});

    // For the commands.
    [[nodiscard]] const std::vector<MasterKey>& purchase_keys() const { return purchase_keys_; }
    [[nodiscard]] bool accepts(core::BytesView security_code) const;
    [[nodiscard]] core::BytesView terminal() const;
    /// Serial number of the next transaction, 4 bytes, in file 0018 of the application.
    [[nodiscard]] core::BytesView terminal_counter() const;
    /// False where the memory failed.
    [[nodiscard]] bool count_transaction();

    /// Whether 80CA has accepted a user card since the last 8070.
    bool authenticated = false;
    /// The session of the purchase that waits for MAC2, and its amount.
    struct Purchase {
        core::Key session;
        std::array<core::Byte, 4> amount;
    };
    std::optional<Purchase> purchase;

private:
    Reply perform(const core::Command& command, core::Bytes& answer) override;
    void forget() override;
    void personalise(const core::PsamProfile& profile);

    std::vector<MasterKey> purchase_keys_;
    std::vector<core::Bytes> accepted_codes_;
    FileIndex terminal_file_ = master_file;
    FileIndex counter_file_ = master_file;
};

/// Every command of the PSAM.
[[nodiscard]] const InstructionSet& psam_instructions();

} // namespace tongka::simulator
