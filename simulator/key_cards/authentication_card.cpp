#include "simulator/key_cards/authentication_card.hpp"

#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {

AuthenticationCard::AuthenticationCard(core::Algorithm algorithm, std::unique_ptr<core::Random> random)
    : KeyCard(KeyCardType::authentication, algorithm, std::move(random)) {}

bool AuthenticationCard::complete() const {
    return has_information() && key(KeyType::pin, key_card::pin) && own_key(key_card::authentication_key) &&
           own_key(key_card::transport_key);
}

const InstructionSet& AuthenticationCard::in_service() const {
    static const InstructionSet set({&select, &read_binary, &verify, &answer_challenge, &open_session});
    return set;
}

} // namespace tongka::simulator
