#pragma once

#include <vector>

#include "core/keys/transport.hpp"
#include "simulator/key_cards/key_card.hpp"

namespace tongka::simulator {

/// The mother card (母卡): carries the keys of one city from the national centre to the city's (inferred: its name
/// alone is public). It gives them out after EXTERNAL AUTHENTICATION with the key of its authentication card, under the
/// transport protocol of core/keys/transport.hpp, as often as file 0002 allows.
class MotherCard final : public KeyCard {
public:
    MotherCard(core::Algorithm algorithm, std::unique_ptr<core::Random> random);

    [[nodiscard]] bool complete() const override;
    [[nodiscard]] unsigned emptyings_left() const;

    // For the commands.
    /// A transfer under way; gone with the power.
    struct Transfer {
        core::TransportSender sender;
        std::vector<core::KeyEntry> keys;
        std::size_t next = 0;
        bool proved = false; ///< the receiver has shown that it has the transport key
    };
    [[nodiscard]] std::optional<Transfer>& transfer() { return transfer_; }
    /// Begins one, and gives its first message. The card is closed.
    [[nodiscard]] core::Bytes greet(const StoredKey& transport);
    /// Takes one off the emptyings left; false where the memory failed.
    [[nodiscard]] bool count_emptying();

private:
    /// The card's generator, for the transport protocol.
    class CardRandom final : public core::Random {
    public:
        explicit CardRandom(SmartCard& card) : card_(card) {}
        void fill(std::span<core::Byte> bytes) override { card_.fill_random(bytes); }

    private:
        SmartCard& card_;
    };

    [[nodiscard]] const InstructionSet& in_service() const override;
    void forget() override { transfer_.reset(); }

    CardRandom card_random_{*this};
    std::optional<Transfer> transfer_;
};

extern const Instruction transfer_keys;

} // namespace tongka::simulator
