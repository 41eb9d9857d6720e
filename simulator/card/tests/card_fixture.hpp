#pragma once

#include <memory>
#include <string>
#include <string_view>

#include <gtest/gtest.h>

#include "core/crypto/mac.hpp"
#include "core/hex.hpp"
#include "simulator/issuer/card_issuer.hpp"

namespace tongka::simulator {

/// The card of standards.md 5.5: its keys, its random number 47800CF7, its offline counter 0006.
inline core::Profile published_profile() {
    return core::parse_profile(R"(profile: published
card:
  asn: "2144000000000001"
  city: "2144"
  start_date: "20260101"
  expiry_date: "20361231"
  security_code: "90800960A7F716C6B4"
  pin: "123456"
  keys:
    DPK.01: "501EA976E900F47BF22A9B01364896D7"
    DLK.01: "11223344556677888877665544332211"
    DTK: "00112233445566778899AABBCCDDEEFF"
    DCCK: "C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF"
    DCMK.00: "D0D1D2D3D4D5D6D7D8D9DADBDCDDDEDF"
    DACK: "A0A1A2A3A4A5A6A7A8A9AAABACADAEAF"
    DAMK.00: "B0B1B2B3B4B5B6B7B8B9BABBBCBDBEBF"
    DAMK.01: "E0E1E2E3E4E5E6E7E8E9EAEBECEDEEEF"
  ep: {balance: 100, online_counter: 0, offline_counter: 6}
  random: ["47800CF7"]
psam:
  serial: "21440000000000000001"
  terminal: "001122334455"
  keys:
    SCK: "404142434445464748494A4B4C4D4E4F"
    SMK: "505152535455565758595A5B5C5D5E5F"
    DPK.01: {master: "00112233445566778899AABBCCDDEEFF", levels: 2}
  terminal_counter: 41
)",
                               "published")
        .value();
}

/// The same with an ED of 1000 and the keys of every transaction.
inline core::Profile full_profile() {
    auto profile = published_profile();
    profile.card.ed =
        core::PurseProfile{.balance = 1000, .overdraft_limit = 0, .online_counter = 3, .offline_counter = 9};
    const auto add = [&](const char* kind, core::Byte index, core::Byte filler) {
        std::array<core::Byte, 16> value{};
        value.fill(filler);
        value[8] = index;
        profile.card.keys.push_back({.kind = kind, .index = index, .key = core::Key::triple_des(value)});
    };
    add("DULK", 1, 0x3D);
    add("DUK", 1, 0x3C);
    add("UK", 1, 0x39);
    add("DPUK", 0, 0x37);
    add("DRPK", 0, 0x38);
    add("IK", 1, 0x30);
    return profile;
}

/// A card in a reader, its application selected.
class CardTest : public testing::Test {
protected:
    explicit CardTest(core::Profile profile = published_profile()) : profile_(std::move(profile)) { insert({}); }

    void insert(Deviations deviations) {
        auto made = make_card(profile_, std::make_unique<core::SeededRandom>(1), deviations);
        ASSERT_TRUE(made) << made.error().message;
        card_ = std::move(*made);
        (void)card_->power_on();
        select();
    }

    void select() { ASSERT_EQ(exchange("00A4040009A00000000386980701").substr(0, 2), "6F"); }

    std::string exchange(std::string_view hex) { return core::to_hex(card_->exchange(core::from_hex(hex).value())); }

    /// Bytes `offset` to `offset + size` of a hexadecimal answer.
    static std::string part(const std::string& hex, std::size_t offset, std::size_t size) {
        return hex.substr(2 * offset, 2 * size);
    }

    /// MAC over hexadecimal pieces.
    static std::string mac(const core::Key& key, std::string_view data) {
        return core::to_hex(core::transaction_mac(key, core::from_hex(data).value()));
    }

    core::Key key(std::string_view kind, core::Byte index) const {
        return core::find_key(profile_.card.keys, kind, index)->key;
    }

    core::Key session(std::string_view kind, std::string_view input) const {
        std::array<core::Byte, 8> bytes{};
        std::ranges::copy(core::from_hex(input).value(), bytes.begin());
        return core::session_key(key(kind, 1), bytes);
    }

    /// Loads `amount` (8 hexadecimal digits) with the host's MAC2; the answer of CREDIT FOR LOAD.
    std::string load(const std::string& amount) {
        const auto init = exchange("805000020B01" + amount + "00112233445510");
        const auto mac2 = mac(session("DLK", part(init, 8, 4) + part(init, 4, 2) + "8000"),
                              amount + "02" + "001122334455" + "20261122" + "120000");
        return exchange("805200000B20261122120000" + mac2 + "04");
    }

    /// Pays `amount` as a PSAM would; the answer of DEBIT FOR PURCHASE.
    std::string pay(const std::string& amount) {
        const auto init = exchange("805001020B01" + amount + "0011223344550F");
        if (init.size() == 4)
            return init;
        const auto mac1 = mac(session("DPK", part(init, 11, 4) + part(init, 4, 2) + "0029"),
                              amount + "06" + "001122334455" + "20261122" + "120000");
        return exchange("805401000F0000002920261122120000" + mac1 + "08");
    }

    std::string balance() { return exchange("805C000204"); }

    /// A command with its MAC under a maintenance key, after GET CHALLENGE. `head` is CLA INS P1 P2.
    std::string send_protected(const std::string& head, const std::string& data, const core::Key& under) {
        const auto challenge = core::from_hex(exchange("0084000004").substr(0, 8)).value();
        const auto lc = core::to_hex(core::Bytes{static_cast<core::Byte>(data.size() / 2 + 4)});
        const auto covered = core::from_hex(head + lc + data).value();
        return exchange(head + lc + data + core::to_hex(core::secure_messaging_mac(under, challenge, covered)));
    }

    core::Profile profile_;
    std::unique_ptr<Card> card_;
};

} // namespace tongka::simulator
