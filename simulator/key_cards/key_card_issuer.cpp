#include "simulator/key_cards/key_card_issuer.hpp"

#include <set>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "core/keys/generate.hpp"
#include "simulator/chip/pin.hpp"
#include "simulator/key_cards/key_load.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Byte;
using core::Bytes;
using core::BytesView;

constexpr Byte anyone = 0xF0;
constexpr Byte issuing_state = 0x0A;
constexpr Byte while_issuing = 0xAA;
constexpr Byte no_state = 0x00;
constexpr Byte three_tries = 0x33;
constexpr std::uint16_t space_for_keys = 256;
constexpr std::size_t stored_pin = 8;
constexpr std::size_t largest_load = 24000; ///< leaves the rest of the chip's memory to the other files
/// With length, padding and MAC it fits a command under either cipher.
constexpr std::size_t most_at_once = 224;

class KeyCardIssuer {
public:
    KeyCardIssuer(const Transmit& transmit, const CardPair& pair, std::string_view device, core::Random& random)
        : rules_(key_card_rules(pair.transport.algorithm())), send_(transmit, rules_, device), pair_(pair),
          control_(core::generate_key(random, pair.transport.algorithm())),
          maintenance_(core::generate_key(random, pair.transport.algorithm())) {}

    /// What every key card begins with.
    core::Result<void> begin(KeyCardType type) const;
    core::Result<void> write_key(KeyType type, Byte id, Byte use, Byte fourth, Byte fifth, BytesView value) const;
    core::Result<void> write_file(std::uint16_t id, BytesView content, Byte read) const;
    core::Result<void> close() const { return send_.command(0x80, 0xF4, 0x00, 0x00, {}); }

private:
    core::Result<void> create(std::uint16_t id, BytesView description) const {
        return send_.command(0x80, 0xE0, static_cast<Byte>(id >> 8), static_cast<Byte>(id), description);
    }

    core::Rules rules_;
    Sender send_;
    const CardPair& pair_;
    core::Key control_;
    core::Key maintenance_;
};

core::Result<void> KeyCardIssuer::begin(KeyCardType type) const {
    TONGKA_CHECK(create(master_file_id,
                        core::concatenate({Bytes{0x38, 0xFF, 0xFF, while_issuing, key_card::never, 0x00, 0xFF, 0xFF},
                                           "FFFFFFFFFF"_hex})));
    TONGKA_CHECK(
        create(0x0000, Bytes{0x3F, space_for_keys >> 8, space_for_keys & 0xFF, 0x01, while_issuing, 0xFF, 0xFF}));
    const Bytes header{static_cast<Byte>(KeyType::external_authentication), anyone, while_issuing, issuing_state,
                       three_tries};
    TONGKA_CHECK(send_.command(0x80, 0xD4, 0x01, key_card::control_key, core::concatenate({header, control_.bytes()})));
    TONGKA_CHECK(send_.authenticate(key_card::control_key, control_));
    TONGKA_CHECK(
        write_key(KeyType::maintenance, key_card::control_key, anyone, no_state, three_tries, maintenance_.bytes()));
    // No command writes this file: what CREATE FILE leaves in it, 00, says that the card is open.
    TONGKA_CHECK(create(key_card::life_file, Bytes{0x28, 0x00, 0x01, key_card::never, key_card::never, 0xFF, 0xFF}));
    return write_file(key_card::information_file,
                      core::concatenate({Bytes{static_cast<Byte>(type)}, pair_.city, pair_.number}), anyone);
}

core::Result<void> KeyCardIssuer::write_key(KeyType type, Byte id, Byte use, Byte fourth, Byte fifth,
                                            BytesView value) const {
    const Bytes header{static_cast<Byte>(type), use, key_card::never, fourth, fifth};
    return send_.write(0x80, 0xD4, 0x01, id, core::concatenate({header, value}), core::Protection::cipher, &control_);
}

/// A transparent file, written as ciphertext with a MAC, read in clear by whom `read` lets.
core::Result<void> KeyCardIssuer::write_file(std::uint16_t id, BytesView content, Byte read) const {
    const auto size = content.size();
    TONGKA_CHECK(create(id, Bytes{0xE8, static_cast<Byte>(size >> 8), static_cast<Byte>(size), read, anyone, 0xFF,
                                  static_cast<Byte>(0x80 | 0x18 | 0x03)}));
    TONGKA_CHECK(send_.select(id));
    for (std::size_t at = 0; at < size; at += most_at_once)
        TONGKA_CHECK(send_.write(0x00, 0xD6, static_cast<Byte>(at >> 8), static_cast<Byte>(at),
                                 content.subspan(at, std::min(most_at_once, size - at)), core::Protection::cipher,
                                 &maintenance_));
    return {};
}

core::Result<void> check_keys(const std::vector<core::KeyEntry>& keys) {
    if (keys.empty())
        return core::fail("there is no key for the mother card");
    std::set<std::string> names;
    for (const auto& [record, key] : keys) {
        const auto name = core::to_text(record.name);
        if (!names.insert(name).second)
            return core::fail(fmt::format("key {} comes twice", name));
        if (record.state == core::KeyState::destroyed)
            return core::fail(fmt::format("key {} was destroyed", name));
        if (record.algorithm != key.algorithm() || record.check_value != core::check_value(key))
            return core::fail(fmt::format("key {} is not the one that its record describes", name));
    }
    return {};
}

/// Makes a card of what `issue` sends it.
template <typename Device>
core::Result<std::unique_ptr<Device>> issued(core::Algorithm algorithm, std::unique_ptr<core::Random> card_random,
                                             const std::function<core::Result<void>(const Transmit&)>& issue) {
    auto card = std::make_unique<Device>(algorithm, std::move(card_random));
    (void)card->power_on();
    TONGKA_CHECK(
        issue([&](BytesView command) -> core::Result<Bytes> { return core::to_bytes(card->exchange(command)); }));
    card->power_off();
    return card;
}

} // namespace

core::Result<void> issue_mother_card(const Transmit& transmit, const CardPair& pair,
                                     const std::vector<core::KeyEntry>& keys, unsigned emptyings,
                                     core::Random& random) {
    TONGKA_CHECK(check_keys(keys));
    if (emptyings == 0 || emptyings > 0xFF)
        return core::fail("a mother card can be emptied 1 to 255 times");
    const auto load = key_load(keys);
    if (load.size() > largest_load)
        return core::fail(fmt::format("{} keys are too many for a mother card", keys.size()));
    const KeyCardIssuer issuer(transmit, pair, "mother card", random);
    TONGKA_CHECK(issuer.begin(KeyCardType::mother));
    TONGKA_CHECK(issuer.write_key(KeyType::external_authentication, key_card::authentication_key, anyone,
                                  key_card::trusted_state, three_tries, pair.authentication.bytes()));
    // EXTERNAL AUTHENTICATION does not serve it: only TRANSFER KEYS takes its tries.
    TONGKA_CHECK(issuer.write_key(KeyType::external_authentication, key_card::transport_key, key_card::never, no_state,
                                  three_tries, pair.transport.bytes()));
    TONGKA_CHECK(issuer.write_file(key_card::emptyings_file, Bytes{static_cast<Byte>(emptyings)}, anyone));
    TONGKA_CHECK(issuer.write_file(key_card::load_file, load, key_card::never));
    return issuer.close();
}

core::Result<void> issue_authentication_card(const Transmit& transmit, const CardPair& pair, BytesView pin,
                                             core::Random& random) {
    if (!is_pin(pin))
        return core::fail(fmt::format("a PIN has {} to {} bytes", shortest_pin, longest_pin));
    const auto algorithm = static_cast<Byte>(pair.transport.algorithm());
    const KeyCardIssuer issuer(transmit, pair, "authentication card", random);
    TONGKA_CHECK(issuer.begin(KeyCardType::authentication));
    TONGKA_CHECK(issuer.write_key(KeyType::pin, key_card::pin, anyone, key_card::trusted_state, three_tries,
                                  filled_pin(pin, stored_pin)));
    for (const auto& [id, key] : {std::pair(key_card::authentication_key, &pair.authentication),
                                  std::pair(key_card::transport_key, &pair.transport)})
        TONGKA_CHECK(
            issuer.write_key(KeyType::internal_encryption, id, key_card::trusted_right, 0x00, algorithm, key->bytes()));
    return issuer.close();
}

core::Result<std::unique_ptr<MotherCard>> make_mother_card(const CardPair& pair,
                                                           const std::vector<core::KeyEntry>& keys,
                                                           std::unique_ptr<core::Random> card_random,
                                                           core::Random& random, unsigned emptyings) {
    return issued<MotherCard>(pair.transport.algorithm(), std::move(card_random), [&](const Transmit& transmit) {
        return issue_mother_card(transmit, pair, keys, emptyings, random);
    });
}

core::Result<std::unique_ptr<AuthenticationCard>> make_authentication_card(const CardPair& pair, BytesView pin,
                                                                           std::unique_ptr<core::Random> card_random,
                                                                           core::Random& random) {
    return issued<AuthenticationCard>(
        pair.transport.algorithm(), std::move(card_random),
        [&](const Transmit& transmit) { return issue_authentication_card(transmit, pair, pin, random); });
}

} // namespace tongka::simulator
