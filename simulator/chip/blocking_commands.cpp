#include "simulator/chip/file_commands.hpp"
#include "simulator/chip/secure_messaging.hpp"

// APPLICATION BLOCK, APPLICATION UNBLOCK, CARD BLOCK (standards.md 4.1; clauses.md F, J.2): a MAC alone, under the
// maintenance key 00 of the current directory.
namespace tongka::simulator {
namespace {

constexpr Reason permanent{0x9303, "the application is blocked for good", "standards.md 4.1"};
constexpr Reason no_application{0x6985, "the MF is no application", "standards.md 4.1 (inferred)"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &common::no_right,
                                     &no_application,           &permanent,        &common::memory_failure};

/// By the rule maintenance-algorithm-in-p1, P1 tells the algorithm of the key (00 DES, 01 SM4); else it is 00.
bool parameters_fit(SmartCard& card, const core::Command& command, core::Byte most_p2) {
    const auto key = card.key(KeyType::maintenance, 0x00);
    const bool sm4 = key && card.computing_key(*key).algorithm() == core::Algorithm::sm4;
    const bool told = card.rule(core::Rule::maintenance_algorithm_in_p1, "yes");
    return command.p1 == (told && sm4 ? 0x01 : 0x00) && command.p2 <= most_p2;
}

/// The key, once its MAC was found right; or what the command is refused with.
std::optional<Reply> refuse_mac(SmartCard& card, const core::Command& command) {
    if (command.data.empty())
        return refuse(secure::mac_missing);
    if (command.data.size() != mac_size)
        return refuse(common::wrong_lc);
    const auto key = card.key(KeyType::maintenance, 0x00);
    if (!key)
        return refuse(common::no_such_key);
    if (!card.allows(key->use))
        return refuse(common::no_right);
    if (const auto opened = open_command(card, command, *key, Protection::mac); !opened)
        return opened.error();
    return std::nullopt;
}

Reply block(SmartCard& card, FileIndex directory, Blocking how) {
    Transaction transaction(card.memory());
    set_blocking(transaction, card.files(), directory, how);
    return transaction.commit() ? success() : refuse(common::memory_failure);
}

/// P2 00 blocks for a time, 01 for good.
Reply block_application(SmartCard& card, const core::Command& command, core::Bytes&) {
    if (!parameters_fit(card, command, 0x01))
        return refuse(common::wrong_parameters);
    if (card.selection().directory == master_file)
        return refuse(no_application);
    if (const auto refused = refuse_mac(card, command))
        return *refused;
    if (card.deviates(Deviation::application_block_without_effect))
        return success();
    const bool for_good = command.p2 != 0 && !card.deviates(Deviation::permanent_block_for_a_time);
    return block(card, card.selection().directory, for_good ? Blocking::permanent : Blocking::temporary);
}

/// Works on an application that is not blocked as well. Its own count of failures is written before the MAC is
/// compared; the third one in a row blocks for good.
Reply unblock_application(SmartCard& card, const core::Command& command, core::Bytes&) {
    if (!parameters_fit(card, command, 0x00))
        return refuse(common::wrong_parameters);
    if (card.selection().directory == master_file)
        return refuse(no_application);
    const Files& files = card.files();
    const FileIndex directory = card.selection().directory;
    if (blocking(files, directory) == Blocking::permanent)
        return refuse(permanent);
    if (blocking(files, directory) == Blocking::none && card.deviates(Deviation::unblock_of_free_refused))
        return refuse(no_application);
    if (command.data.size() != mac_size)
        return refuse(common::wrong_lc);
    const auto key = card.key(KeyType::maintenance, 0x00);
    if (!key)
        return refuse(common::no_such_key);
    if (!card.allows(key->use))
        return refuse(common::no_right);
    if (card.challenge().empty())
        return refuse(secure::no_challenge);
    if (key->tries_left == 0)
        return refuse(common::key_blocked);
    const unsigned errors = unblock_errors(files, directory) + 1;
    {
        Transaction transaction(card.memory());
        set_unblock_errors(transaction, files, directory, errors);
        if (errors >= most_unblock_errors && !card.deviates(Deviation::unblock_failures_never_block))
            set_blocking(transaction, files, directory, Blocking::permanent);
        if (!transaction.commit())
            return refuse(common::memory_failure);
    }
    const core::Byte head[] = {command.cla, command.ins, command.p1, command.p2, mac_size};
    const core::Mac mac = message_mac(card, *key, {head});
    if (!core::mac_equals(mac, command.data) && !card.deviates(Deviation::message_mac_unchecked) &&
        !card.deviates(Deviation::unblock_mac_unchecked))
        return errors >= most_unblock_errors ? refuse(permanent) : refuse(secure::wrong_mac);
    Transaction transaction(card.memory());
    set_unblock_errors(transaction, files, directory, 0);
    if (!card.deviates(Deviation::unblock_without_effect))
        set_blocking(transaction, files, directory, Blocking::none);
    card.on_unblock(transaction);
    return transaction.commit() ? success() : refuse(common::memory_failure);
}

/// The whole card, for good: from then on everything is answered with 6A81.
Reply block_card(SmartCard& card, const core::Command& command, core::Bytes&) {
    if (!parameters_fit(card, command, 0x00))
        return refuse(common::wrong_parameters);
    if (const auto refused = refuse_mac(card, command))
        return *refused;
    if (card.deviates(Deviation::card_block_without_effect))
        return success();
    return block(card, master_file, Blocking::card);
}

} // namespace

const Instruction application_block{"APPLICATION BLOCK", 0x84, 0x1E, {}, block_application, reasons, true};
const Instruction application_unblock{"APPLICATION UNBLOCK", 0x84, 0x18, {}, unblock_application, reasons, true, true};
const Instruction card_block{"CARD BLOCK", 0x84, 0x16, {}, block_card, reasons, true};

} // namespace tongka::simulator
