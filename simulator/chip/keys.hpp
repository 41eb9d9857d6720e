#pragma once

#include <optional>

#include "core/crypto/key.hpp"
#include "simulator/chip/files.hpp"

namespace tongka::simulator {

/// Types of keys in a key file (standards.md 3.5, 6).
enum class KeyType : core::Byte {
    internal_encryption = 0x30,
    internal_decryption = 0x31,
    internal_mac = 0x32,
    tac = 0x34, ///< DTK
    maintenance = 0x36,
    pin_unblock = 0x37,
    pin_reload = 0x38,
    external_authentication = 0x39, ///< identifier 00: the master control key of its directory
    pin = 0x3A,
    overdraft = 0x3C,
    unload = 0x3D,
    purchase = 0x3E,
    load = 0x3F,
};

/// A key with tries is blocked when none is left (maintenance, unblock, reload, authentication keys, PINs).
[[nodiscard]] bool counts_tries(KeyType type);

/// The bits of a type byte that say the type; the two above ask for a protection of whatever writes over the key: 80
/// for a MAC, C0 for ciphertext with MAC (standards.md 3.1, 5.4 K1).
inline constexpr core::Byte key_type_bits = 0x3F;

/// A key as it stands in a key file: a header of the standard's five bytes, and a value.
struct StoredKey {
    Address at = 0; ///< of the record in memory
    KeyType type{};
    core::Byte protection = 0;
    core::Byte id = 0;
    core::Byte use = 0xF0;     ///< access right for using it
    core::Byte change = 0xF0;  ///< access right for writing over it
    core::Byte fourth = 0;     ///< key version; of authentication keys and PINs the next security state
    core::Byte fifth = 0;      ///< algorithm identifier; of keys with tries: most and left when written (33 = 3 of 3)
    core::Byte tries_left = 0; ///< of a PSAM's purchase key: the wrong MAC2s since the last right one
    core::BytesView value;

    [[nodiscard]] bool counts_tries() const { return simulator::counts_tries(type); }
    [[nodiscard]] core::Byte most_tries() const { return fifth >> 4; }
    [[nodiscard]] core::Byte version() const { return fourth; }
    [[nodiscard]] core::Byte next_state() const { return fourth & 0x0F; }
};

/// The key file of a DF, key by key: the one at `offset` in it, and where the next one begins.
struct KeyPlace {
    StoredKey key;
    std::size_t next;
};
[[nodiscard]] std::optional<KeyPlace> key_at(const Files& files, FileIndex key_file, std::size_t offset);

/// The first key of a DF that `is_it` says yes to.
template <typename Predicate>
[[nodiscard]] std::optional<StoredKey> find_key_if(const Files& files, FileIndex directory, Predicate is_it) {
    if (const auto file = files.key_file(directory))
        for (auto place = key_at(files, *file, 0); place; place = key_at(files, *file, place->next))
            if (is_it(place->key))
                return place->key;
    return std::nullopt;
}

/// The key with this type and identifier in the key file of a DF.
[[nodiscard]] std::optional<StoredKey> find_key(const Files& files, FileIndex directory, KeyType type, core::Byte id);

/// Adds a key to the key file `index`; `header` is type, use, change, fourth, fifth. False where it has no room.
[[nodiscard]] bool add_key(Transaction& transaction, const Files& files, FileIndex index, core::Byte id,
                           core::BytesView header, core::BytesView value);

/// Writes over header and value (of the old length); its tries start anew.
void change_key(Transaction& transaction, const StoredKey& key, core::BytesView header, core::BytesView value);
void set_key_value(Transaction& transaction, const StoredKey& key, core::BytesView value);
void set_tries(Transaction& transaction, const StoredKey& key, core::Byte left);

/// The key for computing: 8 bytes are DES; 16 are SM4 where the algorithm identifier, the low half of the fifth byte,
/// is 4 (for keys without one: where `sm4` says so), else 3DES (standards.md 5.3; the examples of FMCOS carry 01 with
/// keys of 16 bytes).
[[nodiscard]] core::Key key_of(const StoredKey& key, bool sm4);

} // namespace tongka::simulator
