#include "simulator/chip/file_commands.hpp"
#include "simulator/chip/secure_messaging.hpp"

namespace tongka::simulator {
namespace {

constexpr core::Byte add = 0x01;
constexpr std::size_t header_size = 5;
constexpr core::Byte mac_bit = 0x80;
constexpr core::Byte cipher_bits = 0xC0;

constexpr Reason no_key_file{0x6A82, "the current directory has no key file", "standards.md 4.1"};
constexpr Reason wrong_key{0x6A80, "the data is not a header and a value of 8 or 16 bytes of this type",
                           "standards.md 3.5"};
constexpr Reason exists{0x6A80, "a key of this type and identifier stands there", "standards.md 4.1"};
constexpr Reason wrong_mac{0x9302, "the MAC of the key is wrong", "standards.md 4.1"};
constexpr Reason form_not_taken{0x6982, "the key is not written in this form", "standards.md 9 row 20"};
constexpr const Reason* reasons[] = {&no_key_file,      &wrong_key,
                                     &exists,           &wrong_mac,
                                     &form_not_taken,   &common::no_right,
                                     &common::no_space, &common::no_such_key,
                                     &common::wrong_lc, &common::memory_failure};

/// In which form the key comes: a plain one is 5 + 8 or 5 + 16 bytes long, a cryptogram whole blocks.
Protection form_of(const core::Command& command) {
    if (!is_protected(command))
        return Protection::none;
    const bool blocks = command.data.size() >= mac_size && (command.data.size() - mac_size) % 8 == 0;
    return blocks ? Protection::cipher : Protection::mac;
}

bool form_is_taken(SmartCard& card, Protection form) {
    const auto choice = card.rules().value(core::Rule::write_key_forms);
    return !(form == Protection::mac && choice == "no-plain-mac") &&
           !(form == Protection::cipher && choice == "no-cipher-mac");
}

/// What the stored key asks of whoever writes over it.
bool protects_enough(const StoredKey& key, Protection form) {
    if (key.protection == cipher_bits)
        return form == Protection::cipher;
    return !(key.protection & mac_bit) || form != Protection::none;
}

/// P1 01 adds the key with identifier P2, P1 = type writes over it; the data is header and value, in clear, with a MAC,
/// or enciphered with a MAC, under the master control key of the directory (standards.md 4.1; 5.4 K1 to K3; that the
/// key is this one is inferred from them).
Reply execute(SmartCard& card, const core::Command& command, core::Bytes&) {
    Files& files = card.files();
    const FileIndex directory = card.selection().directory;
    const auto file = files.has_master_file() ? files.key_file(directory) : std::nullopt;
    if (!file)
        return refuse(no_key_file);
    const bool adds = command.p1 == add;
    const auto old = adds ? std::nullopt : card.key(static_cast<KeyType>(command.p1 & key_type_bits), command.p2);
    if (!adds && !old)
        return refuse(common::no_such_key);
    if (!card.directory_is_open() && !card.allows(adds ? files.at(*file).read : old->change))
        return refuse(common::no_right);
    const Protection form = form_of(command);
    if (!form_is_taken(card, form) || (old && !protects_enough(*old, form)))
        return refuse(form_not_taken);

    core::Bytes data = core::to_bytes(command.data);
    if (form != Protection::none) {
        const auto master = card.key(KeyType::external_authentication, 0x00);
        if (!master)
            return refuse(common::no_such_key);
        auto opened = open_command(card, command, *master, form, wrong_mac);
        if (!opened)
            return opened.error();
        data = std::move(*opened);
    }
    if (data.size() != header_size + 8 && data.size() != header_size + 16)
        return refuse(wrong_key);
    const core::BytesView header = core::BytesView(data).first(header_size);
    const core::BytesView value = core::BytesView(data).subspan(header_size);
    const auto type = static_cast<KeyType>(header[0] & key_type_bits);

    if (counts_tries(type) && ((header[4] & 0x0F) == 0 || (header[4] & 0x0F) > header[4] >> 4))
        return refuse(wrong_key);
    Transaction transaction(card.memory());
    if (adds) {
        if (card.key(type, command.p2))
            return refuse(exists);
        if (!add_key(transaction, files, *file, command.p2, header, value))
            return refuse(common::no_space);
    } else {
        if (type != old->type || value.size() != old->value.size())
            return refuse(wrong_key);
        change_key(transaction, *old, header, value);
    }
    return transaction.commit() ? success() : refuse(common::memory_failure);
}

} // namespace

const Instruction write_key{"WRITE KEY", 0x80, 0xD4, {}, execute, reasons, true};

} // namespace tongka::simulator
