#include "core/crypto/mac.hpp"
#include "simulator/chip/file_commands.hpp"

namespace tongka::simulator {
namespace {

constexpr KeyType types[] = {KeyType::internal_encryption, KeyType::internal_decryption, KeyType::internal_mac};

constexpr Reason no_data{0x6700, "there is no data, or it is not whole blocks", "standards.md 4.1"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &no_data, &common::no_such_key, &common::no_right,
                                     &common::wrong_le};

/// P1 00 enciphers, 01 deciphers, 02 makes a MAC from IV 0 (standards.md 4.1; 5.4 row I).
Reply execute(SmartCard& card, const core::Command& command, core::Bytes& answer) {
    if (command.p1 >= std::size(types))
        return refuse(common::wrong_parameters);
    if (command.data.empty())
        return refuse(no_data);
    const auto key = card.key(types[command.p1], command.p2);
    if (!key)
        return refuse(common::no_such_key);
    if (!card.allows(key->use))
        return refuse(common::no_right);
    std::optional<core::Cipher> halves;
    if (card.deviates(Deviation::internal_authentication_halves_key))
        halves.emplace(halved(card.computing_key(*key)));
    const core::Cipher& cipher = halves ? *halves : card.cipher(*key);
    if (types[command.p1] == KeyType::internal_mac) {
        core::append(answer, core::transaction_mac(cipher, command.data));
        return success();
    }
    if (command.data.size() % cipher.block_size() != 0)
        return refuse(no_data);
    answer.resize(command.data.size());
    if (types[command.p1] == KeyType::internal_encryption ||
        card.deviates(Deviation::internal_authentication_enciphers))
        cipher.encrypt(command.data, answer);
    else
        cipher.decrypt(command.data, answer);
    return success();
}

} // namespace

const Instruction internal_authentication{"INTERNAL AUTHENTICATION", 0x00, 0x88, {}, execute, reasons};

} // namespace tongka::simulator
