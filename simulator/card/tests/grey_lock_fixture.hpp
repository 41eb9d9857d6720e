#pragma once

#include "simulator/card/tests/card_fixture.hpp"

namespace tongka::simulator {

/// standards.md 1.1 (CJ/T 304-2017 8.4.8.11 to 8.4.8.14), 4.2, 5.1, 5.2. The card of standards.md 5.5: balance 100,
/// offline counter 6, random number 47800CF7; so every input below can be written down.
class GreyLockTest : public CardTest {
protected:
    using CardTest::CardTest;

    /// What the PSAM makes MAC1 and GMAC with: terminal serial 01020029, terminal random CAFEF00D, as in `lock`.
    core::Key grey_session(std::string_view random_and_counter) const {
        const core::Key temporary = session("DPK", std::string(random_and_counter) + "0029");
        return core::session_key(temporary, std::array<core::Byte, 8>{0xCA, 0xFE, 0xF0, 0x0D, 0x80, 0, 0, 0});
    }

    std::string begin_lock(const char* purse = "02") {
        return exchange("E07A08" + std::string(purse) + "07010011223344550F");
    }
    std::string finish_lock(const std::string& init, const char* type = "92") {
        const auto key = grey_session(part(init, 11, 4) + part(init, 4, 2));
        gmac_key = key;
        return exchange("E07C080013"
                        "01020029"
                        "CAFEF00D"
                        "20261122120000" +
                        mac(key, std::string(type) + "001122334455" + "20261122120000") + "08");
    }
    std::string lock() { return finish_lock(begin_lock()); }

    /// At another terminal, some time later.
    std::string unlock(const std::string& amount, const std::string& counter = "0006", const char* purse = "02") {
        return unlock_with(amount, counter, mac(gmac_key, amount), purse);
    }
    std::string unlock_with(const std::string& amount, const std::string& counter, const std::string& gmac,
                            const char* purse = "02") {
        return exchange("E07E08" + std::string(purse) + "1B" + amount + counter + "998877665544" + "0000002A" +
                        "20261123130000" + gmac + "04");
    }

    std::string begin_online_unlock() {
        return exchange("E07A09020701"
                        "001122334455"
                        "12");
    }
    std::string finish_online_unlock(const std::string& init, const std::string& amount,
                                     const char* head = "E07E0900") {
        const auto key = session("DLK", part(init, 10, 4) + part(init, 6, 2) + "8000");
        return exchange(head + std::string("0F") + amount + "20261123130000" +
                        mac(key, amount + "96" + "001122334455" + "20261123130000") + "04");
    }

    std::string proof(const char* p1 = "00") { return exchange("E0CA" + std::string(p1) + "001E"); }
    std::string status() { return proof().substr(0, 2); }
    std::string log() { return exchange("00B201C417"); }
    std::string offline_counter() { return part(exchange("805001020B01000000000011223344550F"), 4, 2); }

    void power_again() {
        (void)card_->power_on();
        select();
    }
    void with_rule(const char* rule, const char* choice) {
        ASSERT_TRUE(profile_.rules.set(rule, choice));
        insert({});
    }

    core::Key gmac_key = core::Key::des(std::array<core::Byte, 8>{});
};

} // namespace tongka::simulator
