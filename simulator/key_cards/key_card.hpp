#pragma once

#include <memory>

#include "simulator/chip/instruction.hpp"
#include "simulator/chip/smart_card.hpp"

namespace tongka::simulator {

/// First byte of file 0015. The numbers are those of the ministry's cards in one city's software (clauses.md C: 06
/// PBOC_MAIN, 07 PBOC_AUTH).
enum class KeyCardType : core::Byte { mother = 0x06, authentication = 0x07 };

/// Files and keys of a key card, all of them in the MF (inferred: no public text has their layout).
namespace key_card {
inline constexpr std::uint16_t information_file = 0x0015; ///< type 1, city 2, number of the pair 8; read by anyone
inline constexpr std::uint16_t life_file = 0x0001;        ///< 00 open, 01 closed; only CLOSE writes it
inline constexpr std::uint16_t emptyings_file = 0x0002;   ///< of a mother card: emptyings left; read by anyone
inline constexpr std::uint16_t load_file = 0x0003; ///< of a mother card: its keys (key_load.hpp); nobody reads it

inline constexpr core::Byte control_key = 0x00;        ///< 39, and 36 for the files: both serve an open card alone
inline constexpr core::Byte authentication_key = 0x01; ///< 39 in the mother card, 30 in the authentication card
inline constexpr core::Byte transport_key = 0x02;      ///< likewise
inline constexpr core::Byte pin = 0x00;

inline constexpr core::Byte trusted_state = 0x01; ///< after a right authentication, or a right PIN
inline constexpr core::Byte trusted_right = 0x11; ///< asks for that state
inline constexpr core::Byte never = 0xEF;
} // namespace key_card

/// What mother card and authentication card share: contact, T=0, and two lives. An open card is written by the centre;
/// once it is closed no command writes files or keys any more (inferred).
class KeyCard : public SmartCard {
public:
    /// As it leaves the factory: no files, no keys. `algorithm` is 3DES or SM4: that of its own keys.
    KeyCard(KeyCardType type, core::Algorithm algorithm, std::unique_ptr<core::Random> random);

    [[nodiscard]] bool closed() const;

    // For the commands.
    /// A file of the MF that has been made.
    [[nodiscard]] std::optional<FileIndex> file(std::uint16_t id) const { return files().child(master_file, id); }
    [[nodiscard]] core::Algorithm algorithm() const { return algorithm_; }
    /// Whether all that the card needs in service stands in it.
    [[nodiscard]] virtual bool complete() const = 0;

protected:
    /// Everything that service needs but the files and keys of one type of card.
    [[nodiscard]] bool has_information() const;

private:
    Reply perform(const core::Command& command, core::Bytes& answer) final;
    [[nodiscard]] virtual const InstructionSet& in_service() const = 0;

    core::Algorithm algorithm_;
};

/// The rules of a key card: those of its profile do not matter to it.
[[nodiscard]] core::Rules key_card_rules(core::Algorithm algorithm);

extern const Instruction close_card;

} // namespace tongka::simulator
