#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "core/crypto/cipher.hpp"
#include "core/crypto/derivation.hpp"
#include "core/profile/profile.hpp"
#include "simulator/card/composite_cache.hpp"
#include "simulator/card/purse.hpp"
#include "simulator/card/states.hpp"
#include "simulator/chip/instruction.hpp"
#include "simulator/chip/smart_card.hpp"

namespace tongka::simulator {

/// A transaction between its INITIALIZE and its completion; it does not outlive a reset.
struct PendingTransaction {
    State state{};
    core::Byte transaction_type = 0;   ///< TTI (standards.md 5.2)
    FileIndex directory = master_file; ///< the application that it belongs to
    PurseId purse{};
    KeyType key_type{};
    core::Byte key_index = 0;
    std::uint32_t amount = 0;
    std::array<core::Byte, 6> terminal{};
    std::array<core::Byte, 4> random{};
};

/// The user card of a city (CJ/T 304; standards.md 3.3, 4): files, commands, ED and EP.
class Card final : public SmartCard {
public:
    /// As it leaves the factory: no files, no keys. Of the profile it takes what the chip itself has: interface, serial
    /// number, security code, memory, rules.
    Card(const core::Profile& profile, std::unique_ptr<core::Random> random, Deviations deviations = {});

    /// Gives an issued card the balances and counters of the profile, as though it had been used, and its list of
    /// random numbers. The card has power.
    void preset(const core::CardProfile& profile);

    /// The count of wrong GMACs of both purses (CJ/T 304-2017 8.4.8.13).
    void on_unblock(Transaction& transaction) override;

    // For the commands.
    /// A purse of the current application, where it has one.
    [[nodiscard]] std::optional<Purse> purse(PurseId id);
    /// The access right for using it; the purse must be there.
    [[nodiscard]] core::Byte purse_right(PurseId id) const;
    [[nodiscard]] core::BytesView security_code() const { return security_code_; }

    [[nodiscard]] std::optional<PendingTransaction>& pending() { return pending_; }
    /// Whether the state lets the command of now act; a completion without its INITIALIZE does not.
    [[nodiscard]] bool admitted() const { return admitted_; }
    [[nodiscard]] CompositeCache& composite_cache() { return composite_cache_; }

    /// A key of a transaction; under a deviation any key of its type will do.
    [[nodiscard]] std::optional<StoredKey> transaction_key(KeyType type, core::Byte index) const;
    /// A session key made from a key and its 8-byte input; valid until the next call.
    [[nodiscard]] const core::Cipher& session(const StoredKey& key, core::Factor input);
    /// What makes the TACs of the current application; null where it has no DTK.
    [[nodiscard]] const core::Cipher* tac_cipher();

private:
    Reply perform(const core::Command& command, core::Bytes& answer) override;
    void forget() override;
    /// Whether what the transaction under way stands on is still there: the application selected, its purse and keys.
    [[nodiscard]] bool pending_stands();
    [[nodiscard]] State purse_state(Action action, const core::Command& command);
    [[nodiscard]] Effect effect_of(Action action, const core::Command& command);

    std::array<core::Byte, 9> security_code_;
    std::optional<core::Cipher> session_cipher_;
    std::optional<PendingTransaction> pending_;
    CompositeCache composite_cache_;
    bool admitted_ = true;
};

/// Every command of the card.
[[nodiscard]] const InstructionSet& card_instructions();

} // namespace tongka::simulator
