#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "core/crypto/cipher.hpp"
#include "core/crypto/derivation.hpp"
#include "core/profile/profile.hpp"
#include "simulator/card/purse.hpp"
#include "simulator/chip/instruction.hpp"
#include "simulator/chip/smart_card.hpp"

namespace tongka::simulator {

/// A purse key of the card, ready for use.
struct CardKey {
    core::Byte index;
    core::Byte version;
    core::Cipher cipher;
};

/// A transaction between its INITIALIZE and its completion; it does not outlive a reset.
struct PendingTransaction {
    core::Byte transaction_type; ///< TTI (standards.md 5.2)
    std::uint32_t amount;
    std::array<core::Byte, 6> terminal;
    std::array<core::Byte, 4> random;
    const CardKey* key;
};

/// The user card of a city (CJ/T 304; standards.md 3.3, 4): files, commands and the electronic purse (EP).
class Card final : public SmartCard {
public:
    /// Personalised as the profile says; the generator serves what the profile's list leaves.
    Card(const core::Profile& profile, std::unique_ptr<core::Random> random, Deviations deviations = {});

    // For the commands.
    /// The EP, where the current application has one.
    [[nodiscard]] std::optional<Purse> electronic_purse();
    [[nodiscard]] const CardKey* purchase_key(core::Byte index) const;
    [[nodiscard]] const CardKey* load_key(core::Byte index) const;
    [[nodiscard]] const core::Cipher& tac_cipher() const { return *tac_cipher_; }
    [[nodiscard]] core::BytesView security_code() const { return security_code_; }

    [[nodiscard]] std::optional<PendingTransaction>& pending() { return pending_; }
    /// The session key of the pending transaction from its 8-byte input; valid until the next call.
    [[nodiscard]] const core::Cipher& session(core::Factor input);

    /// Appends a record to the log of the current application, if it has that file (standards.md 3.3).
    void log(Transaction& transaction, std::uint16_t file_id, core::BytesView record);

    struct Pin {
        Address at; ///< tries left 1, tries 1, length 1, value 6
        bool verified = false;
    };
    [[nodiscard]] Pin& pin() { return pin_; }

private:
    Reply execute(const core::Command& command, core::Bytes& answer) override;
    void forget() override;
    void personalise(const core::CardProfile& profile);

    std::vector<CardKey> purchase_keys_;
    std::vector<CardKey> load_keys_;
    std::optional<core::Cipher> tac_cipher_;
    std::optional<core::Cipher> session_cipher_;
    std::array<core::Byte, 9> security_code_;
    FileIndex application_ = master_file;
    Address purse_at_ = 0;
    Pin pin_{};
    std::optional<PendingTransaction> pending_;
};

/// Every command of the card.
[[nodiscard]] std::span<const Instruction<Card>* const> card_instructions();

} // namespace tongka::simulator
