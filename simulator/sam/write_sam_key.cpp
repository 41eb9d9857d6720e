#include <algorithm>

#include "simulator/chip/secure_messaging.hpp"
#include "simulator/sam/commands.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t head_size = 3; // usage, version, algorithm
constexpr core::Byte anyone = 0xF0;
constexpr core::Byte after_master_control = 0xAA;
constexpr core::Byte master_state = 0xAA;
constexpr core::Byte log_in_state = 0x01;
constexpr core::Byte no_state = 0xFF;
constexpr core::Byte three_tries = 0x33;

constexpr Reason no_key_file{0x6A82, "the current directory has no key file", "standards.md 4.1"};
constexpr Reason wrong_key{0x6A80, "the data is not usage, version, algorithm and a key of its length",
                           "standards.md 5.4 F"};
constexpr Reason another_length{0x6A80, "a key of this usage and id stands there with another length",
                                "standards.md 5.4 F (inferred)"};
constexpr Reason wrong_id{0x6A80, "id 00 is the master control key's, and its alone", "standards.md 4.1 (inferred)"};
constexpr Reason plain{0x6982, "once the master control key stands, a key comes enciphered with a MAC",
                       "standards.md 5.4 F (inferred)"};
constexpr Reason wrong_mac{0x9302, "the MAC of the key is wrong", "standards.md 4.1"};
constexpr const Reason* reasons[] = {&common::wrong_parameters,
                                     &no_key_file,
                                     &wrong_key,
                                     &another_length,
                                     &wrong_id,
                                     &plain,
                                     &wrong_mac,
                                     &common::no_space,
                                     &common::no_right,
                                     &common::memory_failure};

/// Types and header under which a key stands in the key file (simulator/chip/keys.hpp).
struct Form {
    std::vector<core::Byte> types;
    core::Byte use, change, fourth, fifth;
};

Form form_of(const Sam& sam, Usage usage, core::Byte version, core::Byte algorithm) {
    if (!is_own(usage))
        return {{static_cast<core::Byte>(usage.purpose)},
                sam.computing_right(),
                after_master_control,
                version,
                static_cast<core::Byte>(usage.levels << 4 | algorithm)};
    switch (usage.purpose) {
    case Purpose::master_control:
        return {{0x39}, anyone, after_master_control, master_state, three_tries};
    case Purpose::maintenance:
        return {{0x36}, anyone, after_master_control, no_state, three_tries};
    case Purpose::external:
        return {{0x39}, anyone, after_master_control, log_in_state, three_tries};
    default: // internal authentication: enciphers, deciphers, makes MACs
        return {{0x30, 0x31, 0x32}, anyone, after_master_control, version, algorithm};
    }
}

/// Usage, version, algorithm and value of the key, out of their protection.
tl::expected<core::Bytes, Reply> open(Sam& sam, const core::Command& command) {
    if (!is_protected(command)) {
        if (!sam.directory_is_open() && !sam.deviates(Deviation::sam_plain_key_accepted))
            return tl::unexpected(refuse(plain));
        return core::to_bytes(command.data);
    }
    const auto master = sam.key(KeyType::external_authentication, 0x00);
    if (!master)
        return tl::unexpected(refuse(common::no_such_key));
    return open_command(sam, command, *master, Protection::cipher, wrong_mac);
}

/// What it is refused with; nothing where it was written.
const Reason* write(Transaction& transaction, const Sam& sam, FileIndex file, core::Byte type, core::Byte id,
                    const Form& form, core::BytesView value) {
    const core::Byte header[] = {type, form.use, form.change, form.fourth, form.fifth};
    const auto old = find_key_if(sam.files(), sam.selection().directory, [&](const StoredKey& key) {
        return static_cast<core::Byte>(key.type) == type && key.id == id &&
               (key.counts_tries() || levels_of(key) == form.fifth >> 4U);
    });
    if (!old)
        return add_key(transaction, sam.files(), file, id, header, value) ? nullptr : &common::no_space;
    // Behind the old one nobody would find it.
    if (old->value.size() != value.size())
        return &another_length;
    change_key(transaction, *old, header, value);
    return nullptr;
}

/// EXTERNAL AUTHENTICATION knows its keys by their ids alone: 00 is the master control key.
bool id_fits(Usage usage, core::Byte id) {
    if (usage.levels != 0)
        return true;
    return usage.purpose == Purpose::master_control ? id == 0 : usage.purpose != Purpose::external || id != 0;
}

/// P2 is the id; the data usage, version, algorithm, value: in clear while the directory is being made, then as
/// ciphertext with a MAC under the master control key, after EXTERNAL AUTHENTICATION with it (standards.md 5.4 F gives
/// the form; that the first bytes are these, and when which form is taken, is inferred). A key of this usage and id
/// that stands there is written over.
Reply execute(Sam& sam, const core::Command& command, core::Bytes&) {
    if (command.p1 != 0)
        return refuse(common::wrong_parameters);
    const FileIndex directory = sam.selection().directory;
    const auto file = sam.files().has_master_file() ? sam.files().key_file(directory) : std::nullopt;
    if (!file)
        return refuse(no_key_file);
    if (!sam.directory_is_open() && !sam.allows(sam.files().at(*file).read))
        return refuse(common::no_right);
    const auto opened = open(sam, command);
    if (!opened)
        return opened.error();
    const core::BytesView data = *opened;
    const auto usage = data.size() > head_size ? usage_of(data[0]) : std::nullopt;
    const auto algorithm = usage ? core::algorithm_of(data[2]) : std::nullopt;
    if (!algorithm || data.size() != head_size + core::key_size(*algorithm))
        return refuse(wrong_key);
    if (!id_fits(*usage, command.p2))
        return refuse(wrong_id);

    const Form form = form_of(sam, *usage, data[1], data[2]);
    Transaction transaction(sam.memory());
    for (const core::Byte type : form.types)
        if (const auto* why = write(transaction, sam, *file, type, command.p2, form, data.subspan(head_size)))
            return refuse(*why);
    return transaction.commit() ? success() : refuse(common::memory_failure);
}

} // namespace

const Instruction write_sam_key{"WRITE KEY", 0x80, 0xD4, {}, on<Sam, execute>, reasons, true};

} // namespace tongka::simulator
