#include "simulator/chip/keys.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace tongka::simulator {
namespace {

// A record: length of the value 1, identifier 1, header 5 (type, use, change, fourth, fifth), tries left 1, the value.
constexpr std::size_t head_size = 8;
constexpr Address header_offset = 2;
constexpr Address tries_offset = 7;
constexpr core::Byte sm4_identifier = 0x04;

StoredKey read(core::BytesView record, Address at) {
    return {.at = at,
            .type = static_cast<KeyType>(record[2] & key_type_bits),
            .protection = static_cast<core::Byte>(record[2] & ~key_type_bits),
            .id = record[1],
            .use = record[3],
            .change = record[4],
            .fourth = record[5],
            .fifth = record[6],
            .tries_left = record[7],
            .value = record.subspan(head_size, record[0])};
}

core::Byte first_tries(core::BytesView header) {
    return counts_tries(static_cast<KeyType>(header[0] & key_type_bits)) ? header[4] & 0x0F : 0;
}

} // namespace

bool counts_tries(KeyType type) {
    switch (type) {
    case KeyType::maintenance:
    case KeyType::pin_unblock:
    case KeyType::pin_reload:
    case KeyType::external_authentication:
    case KeyType::pin:
        return true;
    default:
        return false;
    }
}

std::optional<KeyPlace> key_at(const Files& files, FileIndex key_file, std::size_t offset) {
    const auto body = files.content(key_file);
    if (offset + head_size > body.size() || body[offset] == 0)
        return std::nullopt;
    const Address at = files.at(key_file).body + static_cast<Address>(offset);
    return KeyPlace{read(body.subspan(offset), at), offset + head_size + body[offset]};
}

// Every transaction looks its keys up here: two bytes of a record tell whether it is worth reading.
std::optional<StoredKey> find_key(const Files& files, FileIndex directory, KeyType type, core::Byte id) {
    const auto file = files.key_file(directory);
    if (!file)
        return std::nullopt;
    const auto body = files.content(*file);
    for (std::size_t at = 0; at + head_size <= body.size() && body[at] != 0; at += head_size + body[at])
        if ((body[at + 2] & key_type_bits) == static_cast<core::Byte>(type) && body[at + 1] == id)
            return read(body.subspan(at), files.at(*file).body + static_cast<Address>(at));
    return std::nullopt;
}

bool add_key(Transaction& transaction, const Files& files, FileIndex index, core::Byte id, core::BytesView header,
             core::BytesView value) {
    // As the transaction will leave it: one command may write several keys.
    const core::Bytes body = transaction.read(files.at(index).body, files.at(index).size);
    std::size_t end = 0;
    while (end + head_size <= body.size() && body[end] != 0)
        end += head_size + body[end];
    if (end + head_size + value.size() > body.size())
        return false;
    core::Bytes record{static_cast<core::Byte>(value.size()), id};
    core::append(record, header);
    record.push_back(first_tries(header));
    core::append(record, value);
    transaction.write(files.at(index).body + static_cast<Address>(end), record);
    return true;
}

void change_key(Transaction& transaction, const StoredKey& key, core::BytesView header, core::BytesView value) {
    core::Bytes bytes = core::to_bytes(header);
    bytes.push_back(first_tries(header));
    transaction.write(key.at + header_offset, bytes);
    set_key_value(transaction, key, value);
}

void set_key_value(Transaction& transaction, const StoredKey& key, core::BytesView value) {
    assert(value.size() == key.value.size());
    transaction.write(key.at + static_cast<Address>(head_size), value);
}

void set_tries(Transaction& transaction, const StoredKey& key, core::Byte left) {
    transaction.write(key.at + tries_offset, {&left, 1});
}

core::Key key_of(const StoredKey& key, bool sm4) {
    const bool has_algorithm = !key.counts_tries();
    if (key.value.size() == 8)
        return core::Key::des(key.value.first<8>());
    const auto value = key.value.first<16>();
    if (has_algorithm ? (key.fifth & 0x0F) == sm4_identifier : sm4)
        return core::Key::sm4(value);
    return core::Key::triple_des(value);
}

} // namespace tongka::simulator
