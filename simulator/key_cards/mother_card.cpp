#include "simulator/key_cards/mother_card.hpp"

#include "simulator/chip/file_commands.hpp"
#include "simulator/key_cards/key_load.hpp"

namespace tongka::simulator {

MotherCard::MotherCard(core::Algorithm algorithm, std::unique_ptr<core::Random> random)
    : KeyCard(KeyCardType::mother, algorithm, std::move(random)) {}

bool MotherCard::complete() const {
    const auto load = file(key_card::load_file);
    if (!has_information() || !load || emptyings_left() == 0)
        return false;
    const auto keys = read_key_load(files().content(*load));
    return keys && !keys->empty() && key(KeyType::external_authentication, key_card::authentication_key) &&
           key(KeyType::external_authentication, key_card::transport_key);
}

unsigned MotherCard::emptyings_left() const {
    const auto counter = files().has_master_file() ? file(key_card::emptyings_file) : std::nullopt;
    return counter ? files().content(*counter).front() : 0;
}

core::Bytes MotherCard::greet(const StoredKey& transport) {
    transfer_.emplace(Transfer{.sender = core::TransportSender(computing_key(transport), card_random_),
                               .keys = read_key_load(files().content(*file(key_card::load_file))).value()});
    return transfer_->sender.hello();
}

bool MotherCard::count_emptying() {
    Transaction transaction(memory());
    transaction.write_number(files().at(*file(key_card::emptyings_file)).body, 1, emptyings_left() - 1);
    return transaction.commit();
}

const InstructionSet& MotherCard::in_service() const {
    static const InstructionSet set({&select, &read_binary, &get_challenge, &external_authentication, &transfer_keys});
    return set;
}

} // namespace tongka::simulator
