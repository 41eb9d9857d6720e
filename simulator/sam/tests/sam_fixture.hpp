#pragma once

#include "simulator/card/tests/card_fixture.hpp"
#include "simulator/issuer/sam_issuer.hpp"
#include "simulator/sam/tests/hand_derivation.hpp"

namespace tongka::simulator {

/// Keys of the PSAM and the ISAM below.
namespace sam_keys {
inline const by_hand::HandKey control{"404142434445464748494A4B4C4D4E4F"};
inline const by_hand::HandKey maintenance{"505152535455565758595A5B5C5D5E5F"};
inline const by_hand::HandKey purchase{"00112233445566778899AABBCCDDEEFF"};
inline const by_hand::HandKey purchase_one{"112233445566778899AABBCCDDEEFF00"};
inline const by_hand::HandKey purchase_three{"2233445566778899AABBCCDDEEFF0011"};
inline const by_hand::HandKey purchase_sm4{"33445566778899AABBCCDDEEFF001122", true};
inline const by_hand::HandKey both{"00112233445566778899AABBCCDDEEFF"};
inline const by_hand::HandKey both_sm4{"0123456789ABCDEFFEDCBA9876543210", true};
inline const by_hand::HandKey mac_alone{"445566778899AABBCCDDEEFF00112233"};
inline const by_hand::HandKey encryption_alone{"5566778899AABBCCDDEEFF0011223344"};
inline const by_hand::HandKey tac{"66778899AABBCCDDEEFF001122334455"};
inline const by_hand::HandKey mifare{"778899AABBCCDDEEFF00112233445566"};
inline const by_hand::HandKey load{"8899AABBCCDDEEFF0011223344556677"};
inline const by_hand::HandKey host{"99AABBCCDDEEFF001122334455667788"};
} // namespace sam_keys

/// The card and the PSAM of standards.md 5.5, with a key for whatever a SAM does, and an ISAM whose load key the card's
/// comes from.
inline core::Profile sam_profile() {
    using by_hand::HandKey;
    auto profile = published_profile();
    const auto key_of = [](const HandKey& key) {
        return core::Key::create(key.sm4 ? core::Algorithm::sm4 : core::Algorithm::triple_des, by_hand::bytes(key.hex))
            .value();
    };
    const auto add = [&](core::SamProfile& sam, const char* kind, core::Byte index, unsigned levels,
                         const HandKey& key) {
        sam.keys.push_back({.kind = kind, .index = index, .version = index, .levels = levels, .key = key_of(key)});
    };
    core::PsamProfile& psam = profile.psam;
    add(psam, "DPK", 2, 1, sam_keys::purchase_one);
    add(psam, "DPK", 3, 3, sam_keys::purchase_three);
    add(psam, "DPK", 4, 2, sam_keys::purchase_sm4);
    add(psam, "MEK", 1, 1, sam_keys::both);
    add(psam, "MEK", 2, 1, sam_keys::both_sm4);
    add(psam, "MEK", 3, 0, sam_keys::both);
    add(psam, "MACK", 1, 1, sam_keys::mac_alone);
    add(psam, "ENCK", 1, 1, sam_keys::encryption_alone);
    add(psam, "DTK", 0, 2, sam_keys::tac);
    add(psam, "M1K", 1, 2, sam_keys::mifare);

    profile.isam.emplace();
    core::IsamProfile& isam = *profile.isam;
    std::ranges::copy(by_hand::bytes("21440000000000009001"), isam.serial.begin());
    std::ranges::copy(by_hand::bytes("665544332211"), isam.terminal.begin());
    add(isam, "SCK", 0, 0, sam_keys::control);
    add(isam, "SMK", 0, 0, sam_keys::maintenance);
    add(isam, "UK", 1, 0, sam_keys::host);
    add(isam, "DLK", 1, 1, sam_keys::load);
    add(isam, "MEK", 1, 1, sam_keys::both);
    isam.counter = 7;
    for (auto& key : profile.card.keys)
        if (key.kind == "DLK")
            key.key = key_of(by_hand::diversified(sam_keys::load, {"2144000000000001"}));
    profile.card.random.clear();
    return profile;
}

/// Personalised devices in readers, and commands in hexadecimal.
class SamTest : public testing::Test {
protected:
    static constexpr const char* asn = "2144000000000001";
    static constexpr const char* city = "2144FF0000000000";
    static constexpr const char* select_application = "00A40000021001";
    static constexpr const char* select_master_file = "00A40000023F00";

    void insert_psam(Deviations deviations = {}, Issue issue = Issue::personalised) {
        put(make_psam(profile_, std::make_unique<core::SeededRandom>(1), deviations, issue).value());
    }
    void insert_isam(Deviations deviations = {}, Issue issue = Issue::personalised) {
        put(make_isam(profile_, std::make_unique<core::SeededRandom>(1), deviations, issue).value());
    }
    void put(std::unique_ptr<Sam> sam) {
        sam_ = std::move(sam);
        (void)sam_->power_on();
        (void)exchange(select_application);
    }
    /// Power off and on, and the application selected again.
    void power_again() {
        sam_->power_off();
        (void)sam_->power_on();
        (void)exchange(select_application);
    }

    std::string exchange(const std::string& hex) { return core::to_hex(sam_->exchange(by_hand::bytes(hex))); }
    /// The same, with what waits behind 61xx.
    std::string send(const std::string& hex) {
        const auto answer = exchange(hex);
        return answer.size() == 4 && answer.starts_with("61") ? exchange("00C00000" + answer.substr(2)) : answer;
    }
    void done(const std::string& hex) { EXPECT_EQ(status(send(hex)), "9000") << hex; }
    static std::string status(const std::string& answer) {
        return answer.size() < 4 ? answer : answer.substr(answer.size() - 4);
    }
    static std::string data_of(const std::string& answer) {
        EXPECT_EQ(status(answer), "9000");
        return answer.size() < 4 ? answer : answer.substr(0, answer.size() - 4);
    }
    static std::string size_of(const std::string& hex, std::size_t more = 0) {
        return core::to_hex(core::Bytes{static_cast<core::Byte>(hex.size() / 2 + more)});
    }
    static std::string with_length(const std::string& hex) { return size_of(hex) + hex; }

    /// GET CHALLENGE answers this number.
    void challenge(const std::string& number) {
        sam_->script_random({by_hand::bytes(number)});
        EXPECT_EQ(exchange("00840000" + size_of(number)), number + "9000");
    }
    std::string authenticate(const std::string& id, const by_hand::HandKey& key) {
        challenge("A1B2C3D4");
        return exchange("008200" + id + "08" + by_hand::authentication(key, "A1B2C3D4"));
    }
    /// A command under secure messaging whose challenge was `number`; `head` is CLA INS P1 P2.
    static std::string sealed_command(const std::string& head, const std::string& data, const by_hand::HandKey& key,
                                      const std::string& number = "A1B2C3D4") {
        const auto command = head + size_of(data, 4) + data;
        return command + by_hand::mac(key, number, command);
    }
    std::string send_sealed(const std::string& head, const std::string& data, const by_hand::HandKey& key) {
        challenge("A1B2C3D4");
        return exchange(sealed_command(head, data, key));
    }
    /// WRITE KEY of `key` (usage, version, algorithm, value), enciphered with a MAC.
    std::string write_key(const std::string& id, const std::string& key,
                          const by_hand::HandKey& under = sam_keys::control) {
        return send_sealed("84D400" + id, by_hand::sealed(under, key), under);
    }
    /// INIT_FOR_DESCRYPT; `usage_and_id` are P1 and P2.
    std::string derive(const std::string& usage_and_id, const std::string& factors) {
        return exchange("801A" + usage_and_id + with_length(factors));
    }
    std::string crypt(const std::string& mode, const std::string& data) {
        return send("80FA" + mode + "00" + with_length(data));
    }
    unsigned counter() {
        return static_cast<unsigned>(core::read_big_endian(sam_->files().content(*sam_->counter_file()).first(4)));
    }

    core::Profile profile_ = sam_profile();
    std::unique_ptr<Sam> sam_;
};

} // namespace tongka::simulator
