#pragma once

#include "simulator/sam/tests/power_cuts.hpp"

namespace tongka::simulator {

/// An ISAM whose host lets it load 1000 fen until the end of 2026.
class IsamCommandTest : public SamPowerCutTest {
protected:
    IsamCommandTest() { insert(); }

    static constexpr const char* terminal = "665544332211";
    static constexpr const char* moment = "20261122120000";

    void insert() {
        insert_isam();
        EXPECT_EQ(set_limit("000003E8", "20261231235959"), "9000");
    }
    /// Amount 4, last moment 7, batch 3, as the host sends them.
    std::string set_limit(const std::string& amount, const std::string& last) {
        return send_sealed("04D69B00", amount + last + "000001", sam_keys::maintenance);
    }
    std::string log_in() { return authenticate("01", sam_keys::host); }
    /// Both commands of a MAC, for a card whose INIT showed `random_and_counter`.
    std::string load_mac(const std::string& data, const std::string& random_and_counter = "A1A2A3A40003") {
        const auto derived = derive("2B01", asn);
        return derived == "9000" ? crypt("01", random_and_counter + data) : derived;
    }
    static std::string mac2_data(const std::string& amount, const std::string& when = moment) {
        return amount + "02" + terminal + when;
    }
    std::string mac2(const std::string& amount, const std::string& when = moment) {
        return load_mac(mac2_data(amount, when));
    }
    static std::string right_mac(const std::string& data, const std::string& random_and_counter = "A1A2A3A40003") {
        return by_hand::mac(
            by_hand::session_of(by_hand::diversified(sam_keys::load, {asn}), random_and_counter + "8000"), data);
    }
    std::uint32_t left() { return static_cast<const Isam&>(*sam_).limit()->amount; }
};

} // namespace tongka::simulator
