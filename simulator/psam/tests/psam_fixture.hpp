#pragma once

#include "simulator/sam/tests/power_cuts.hpp"

namespace tongka::simulator {

/// Purchases at the PSAM, with what the card would make made by hand.
class PsamCommandTest : public SamPowerCutTest {
protected:
    PsamCommandTest() { insert_psam(); }

    static constexpr const char* terminal = "001122334455";
    static constexpr const char* moment = "20081009140759";

    /// Random 4, offline counter 2, amount 4, TTI 1, date and time 7, version 1, algorithm 1.
    static std::string fixed(const std::string& amount, const std::string& key = "0100",
                             const std::string& type = "06") {
        return "47800CF70006" + amount + type + moment + key;
    }
    std::string accept_card() { return exchange("80CA00000990800960A7F716C6B4"); }
    std::string begin(const std::string& amount, const std::string& factors = std::string(asn) + city,
                      const std::string& key = "0100") {
        return exchange("80700000" + with_length(fixed(amount, key) + factors));
    }
    std::string fetch(const std::string& answer) {
        return answer.starts_with("61") ? exchange("00C00000" + answer.substr(2)) : answer;
    }
    /// 80CA and 8070: serial number and MAC1.
    std::string start(const std::string& amount) {
        EXPECT_EQ(accept_card(), "9000");
        return fetch(begin(amount));
    }
    static by_hand::HandKey session(const by_hand::HandKey& card_key, const std::string& serial) {
        return by_hand::session_of(card_key, "47800CF70006" + serial.substr(4, 4));
    }
    static by_hand::HandKey session(const std::string& serial) {
        return session(by_hand::diversified(sam_keys::purchase, {city, asn}), serial);
    }
    static std::string mac1(const by_hand::HandKey& key, const std::string& amount) {
        return by_hand::mac(key, amount + "06" + terminal + moment);
    }
    std::string finish(const std::string& mac2) { return exchange("8072000004" + mac2); }
    /// A purchase with a wrong MAC2.
    std::string fail() {
        (void)start("00000001");
        return finish("00000000");
    }
    std::string unblock() { return send_sealed("84180000", "", sam_keys::maintenance); }
};

} // namespace tongka::simulator
