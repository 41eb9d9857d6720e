#pragma once

#include "simulator/card/tests/card_fixture.hpp"
#include "simulator/card/tests/hand_arithmetic.hpp"

namespace tongka::simulator {

/// A blank card in a reader, to be personalised command by command.
class BlankCardTest : public testing::Test {
protected:
    BlankCardTest() {
        profile_.card.random.clear();
        renew();
    }

    void renew() {
        card_ = make_card(profile_, std::make_unique<core::SeededRandom>(1), {}, Issue::blank).value();
        (void)card_->power_on();
    }
    /// Another blank card, by this rule.
    void renew_with(const char* rule, const char* choice) {
        ASSERT_TRUE(profile_.rules.set(rule, choice));
        renew();
    }

    std::string exchange(const std::string& hex) { return core::to_hex(card_->exchange(core::from_hex(hex).value())); }
    void done(const std::string& hex) { EXPECT_EQ(status(exchange(hex)), "9000") << hex; }
    static std::string status(const std::string& answer) { return answer.substr(answer.size() - 4); }
    static std::string repeated(const std::string& hex, unsigned times) {
        std::string text;
        for (unsigned i = 0; i < times; ++i)
            text += hex;
        return text;
    }
    static std::string size_of(const std::string& hex, std::size_t more = 0) {
        return core::to_hex(core::Bytes{static_cast<core::Byte>(hex.size() / 2 + more)});
    }

    /// GET CHALLENGE answers this number (4 or 8 bytes).
    void challenge(const std::string& number) {
        card_->script_random({core::from_hex(number).value()});
        EXPECT_EQ(exchange("00840000" + size_of(number)), number + "9000");
    }

    void create_master_file() {
        done("80E03F000D38FFFFF0F001FFFFFFFFFFFFFF");
        done("80E00000073F018001F0FFFF");
    }
    /// WRITE KEY of a new key in clear; `header` is type, use, change, fourth, fifth.
    std::string add_key(const std::string& id, const std::string& header, const std::string& value) {
        return exchange("80D401" + id + size_of(header + value) + header + value);
    }

    /// A command under secure messaging, made by hand; `head` is CLA INS P1 P2.
    static std::string sealed_command(const std::string& head, const std::string& data, const by_hand::HandKey& key,
                                      const std::string& number) {
        const auto command = head + size_of(data, 4) + data;
        return command + by_hand::mac(key, number, command);
    }
    std::string send_sealed(const std::string& head, const std::string& data, const by_hand::HandKey& key,
                            const std::string& le = "", const std::string& number = "A1B2C3D4") {
        challenge(number);
        return exchange(sealed_command(head, data, key, number) + le);
    }

    core::Profile profile_ = published_profile();
    std::unique_ptr<Card> card_;
};

} // namespace tongka::simulator
