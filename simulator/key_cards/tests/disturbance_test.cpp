#include "simulator/key_cards/tests/key_card_fixture.hpp"

namespace tongka::simulator {
namespace {

using core::Byte;
using core::Bytes;
using core::BytesView;

/// Lines on which something goes wrong at one exchange. Exchanges are counted over both.
class KeyCardDisturbances : public KeyCardTest {
protected:
    struct Place {
        std::size_t exchange;
        bool answer;
        std::size_t byte;
    };

    Transmit disturbed(Chip& chip, const Place& place) {
        return [this, &chip, place](BytesView sent) -> core::Result<Bytes> {
            const bool here = count_++ == place.exchange;
            Bytes command = core::to_bytes(sent);
            if (here && !place.answer)
                command[place.byte] ^= 0x04;
            Bytes answer = core::to_bytes(chip.exchange(command));
            if (here && place.answer)
                answer[place.byte] ^= 0x04;
            return answer;
        };
    }
    /// From `from` on nothing comes back; what was sent before arrived.
    Transmit torn(Chip& chip, std::size_t from, bool arrives) {
        return [this, &chip, from, arrives](BytesView sent) -> core::Result<Bytes> {
            if (count_++ < from)
                return core::to_bytes(chip.exchange(sent));
            if (arrives && count_ == from + 1)
                (void)chip.exchange(sent);
            return core::fail("the card is gone");
        };
    }
    Exchanges clean_run() {
        Exchanges all;
        EXPECT_TRUE(receive(recording(*mother_, all), recording(*authentication_, all)));
        return all;
    }

    std::size_t count_ = 0;
};

TEST_F(KeyCardDisturbances, EveryAlteredByteEndsItAndTheCityKeepsNothing) {
    const auto clean = clean_run();
    const auto first = static_cast<std::size_t>(
        std::ranges::find(clean, Byte{0x20}, [](const Exchange& exchange) { return exchange.command[1]; }) -
        clean.begin());
    ASSERT_EQ(first, 3U) << "before it stand what is read of the cards";
    for (std::size_t at = first; at < clean.size(); ++at)
        for (const bool answer : {false, true})
            for (std::size_t byte = answer ? 0 : 5; byte < (answer ? clean[at].answer : clean[at].command).size();
                 ++byte) {
                // The receiver's part of R2 may be any number: both cards take what came.
                if (!answer && clean[at].command[1] == 0xF2 && byte >= 13)
                    continue;
                insert();
                count_ = 0;
                const Place place{at, answer, byte};
                ASSERT_FALSE(receive(disturbed(*mother_, place), disturbed(*authentication_, place)))
                    << "exchange " << at << (answer ? ", answer, byte " : ", command, byte ") << byte;
                ASSERT_TRUE(store_.records().empty());
            }
}

TEST_F(KeyCardDisturbances, AMotherCardTornAtAnyExchangeLeavesTheCityWithNothing) {
    const auto clean = clean_run();
    const auto first_key = static_cast<std::size_t>(std::ranges::find_if(clean,
                                                                         [](const Exchange& exchange) {
                                                                             return exchange.command[1] == 0xF0 &&
                                                                                    exchange.command[2] == 0x03;
                                                                         }) -
                                                    clean.begin());
    ASSERT_LT(first_key, clean.size());
    for (std::size_t at = 0; at < clean.size(); ++at)
        for (const bool arrives : {false, true}) {
            SCOPED_TRACE(at);
            insert();
            count_ = 0;
            const auto received = receive(torn(*mother_, at, arrives), torn(*authentication_, at, arrives));
            ASSERT_FALSE(received);
            EXPECT_TRUE(received.error().message.ends_with(": the card is gone")) << received.error().message;
            EXPECT_TRUE(store_.records().empty());
            // The rule: once the first key was asked for, the emptying is spent, whatever came through.
            const bool spent = at > first_key || (at == first_key && arrives);
            EXPECT_EQ(mother_->emptyings_left(), spent ? 0U : 1U);
            power_again();
            EXPECT_EQ(receive().has_value(), !spent);
        }
}

TEST_F(KeyCardDisturbances, ARecordedTransferCannotBePlayedAgain) {
    Exchanges mother_line;
    Exchanges other_line;
    ASSERT_TRUE(receive(recording(*mother_, mother_line), recording(*authentication_, other_line)));
    insert(made(), 50);
    std::size_t next = 0;
    const auto replayed = [&](BytesView) -> core::Result<Bytes> { return mother_line.at(next++).answer; };
    const auto received = receive(replayed, line_of(*authentication_));
    EXPECT_EQ(received.error().message, "proof of the mother card: the sender does not have the transport key");
    EXPECT_TRUE(store_.records().empty());
}

TEST_F(KeyCardDisturbances, WhatTheCityOnceSaidOpensNoMotherCard) {
    Exchanges mother_line;
    Exchanges other_line;
    ASSERT_TRUE(receive(recording(*mother_, mother_line), recording(*authentication_, other_line)));
    insert(made(), 50);
    for (const auto& [command, answer] : mother_line) {
        const auto got = core::to_bytes(mother_->exchange(command));
        if (command[1] == 0x82) {
            EXPECT_EQ(core::to_hex(got), "63C2");
        }
        if (command[1] == 0xF0) {
            EXPECT_EQ(got.size(), 2U);
        }
    }
    EXPECT_EQ(mother_->emptyings_left(), 1U);
}

TEST_F(KeyCardDisturbances, WhatComesBetweenTwoKeys) {
    /// A line to the mother card that does something else before the command with the second key goes out.
    const auto interrupted = [&](const std::function<void()>& by) -> Transmit {
        count_ = 0;
        return [&, by](BytesView command) -> core::Result<Bytes> {
            if (command[1] == 0xF0 && command[2] == 0x03 && command[4] == 0x00 && count_++ == 1)
                by();
            return core::to_bytes(mother_->exchange(command));
        };
    };
    const auto again = [&] { EXPECT_EQ(mother("80F002001102" + std::string(32, '0')), "6985"); };
    EXPECT_TRUE(receive(interrupted(again), line_of(*authentication_))) << "a second answer is refused, no more";
    insert();
    const auto reset = [&] { (void)mother_->reset(); };
    EXPECT_EQ(receive(interrupted(reset), line_of(*authentication_)).error().message,
              "mother card: next key: the answer is 6985");
    EXPECT_TRUE(store_.records().empty());
}

// Someone who recorded both random numbers of a transfer, and later has the authentication card and its PIN.
TEST_F(KeyCardDisturbances, TheAuthenticationCardOpensNoOldSession) {
    ASSERT_EQ(authentication("0020000003123456"), "9000");
    const std::string numbers = "0102030405060708"
                                "1112131415161718";
    ASSERT_EQ(authentication("80F2000010" + numbers), "6139");
    const auto once = authentication("00C0000039");
    ASSERT_EQ(authentication("80F2000010" + numbers), "6139");
    const auto again = authentication("00C0000039");
    EXPECT_NE(once.substr(2, 16), again.substr(2, 16));
    EXPECT_NE(once.substr(50, 64), again.substr(50, 64));
}

} // namespace
} // namespace tongka::simulator
