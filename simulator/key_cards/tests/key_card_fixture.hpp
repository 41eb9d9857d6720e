#pragma once

#include <memory>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "core/keys/centre.hpp"
#include "core/keys/memory_store.hpp"
#include "simulator/key_cards/key_card_issuer.hpp"
#include "simulator/key_cards/receive_keys.hpp"

namespace tongka::simulator {

inline constexpr std::array<core::Byte, 2> jiaxing{0x21, 0x44};
inline const core::Bytes right_pin_bytes{0x12, 0x34, 0x56};

/// A command, and what came back.
struct Exchange {
    core::Bytes command;
    core::Bytes answer;
};
using Exchanges = std::vector<Exchange>;

/// A pair of cards as the centre made them, always the same for one algorithm. insert() gives fresh ones.
struct Made {
    std::vector<core::KeyEntry> keys;
    CardPair pair;
    core::Bytes mother;         ///< images of the memories
    core::Bytes authentication; //
    Exchanges issuing;          ///< of both cards
};

inline Transmit recording(Chip& chip, Exchanges& list) {
    return [&](core::BytesView command) -> core::Result<core::Bytes> {
        list.push_back({core::to_bytes(command), core::to_bytes(chip.exchange(command))});
        return list.back().answer;
    };
}

inline Made make_cards(core::Algorithm algorithm, unsigned emptyings = 1) {
    core::SeededRandom random(7);
    core::MemoryKeyStore national({});
    EXPECT_TRUE(core::new_national_store(national, random, algorithm));
    Made made{
        core::city_keys(national, jiaxing).value(), new_card_pair(jiaxing, algorithm, random).value(), {}, {}, {}};
    MotherCard mother(algorithm, std::make_unique<core::SeededRandom>(1));
    AuthenticationCard authentication(algorithm, std::make_unique<core::SeededRandom>(2));
    (void)mother.power_on();
    (void)authentication.power_on();
    EXPECT_TRUE(issue_mother_card(recording(mother, made.issuing), made.pair, made.keys, emptyings, random));
    EXPECT_TRUE(issue_authentication_card(recording(authentication, made.issuing), made.pair, right_pin_bytes, random));
    made.mother = mother.memory().image();
    made.authentication = authentication.memory().image();
    return made;
}

/// The same for every test of a program: making cards is what takes time.
inline const Made& made_cards(core::Algorithm algorithm) {
    static const Made triple_des = make_cards(core::Algorithm::triple_des);
    static const Made sm4 = make_cards(core::Algorithm::sm4);
    return algorithm == core::Algorithm::sm4 ? sm4 : triple_des;
}

template <typename Device>
std::unique_ptr<Device> inserted(core::Algorithm algorithm, core::BytesView image, std::uint64_t seed) {
    auto card = std::make_unique<Device>(algorithm, std::make_unique<core::SeededRandom>(seed));
    card->memory().restore(image);
    (void)card->power_on();
    return card;
}

class KeyCardTest : public testing::Test {
protected:
    explicit KeyCardTest(core::Algorithm algorithm = core::Algorithm::triple_des) : algorithm_(algorithm) { insert(); }

    /// Fresh cards and an empty store.
    void insert(const Made& made, std::uint64_t seed = 1) {
        mother_ = inserted<MotherCard>(algorithm_, made.mother, seed);
        authentication_ = inserted<AuthenticationCard>(algorithm_, made.authentication, seed + 1);
        store_ = core::MemoryKeyStore({jiaxing});
    }
    void insert() { insert(made()); }
    [[nodiscard]] const Made& made() const { return made_cards(algorithm_); }

    static Transmit line_of(Chip& chip) {
        return [&](core::BytesView command) -> core::Result<core::Bytes> {
            return core::to_bytes(chip.exchange(command));
        };
    }
    core::Result<void> receive(const core::Bytes& pin = right_pin_bytes) {
        return receive(line_of(*mother_), line_of(*authentication_), pin);
    }
    core::Result<void> receive(const Transmit& mother, const Transmit& authentication,
                               const core::Bytes& pin = right_pin_bytes) {
        core::SeededRandom random(99);
        return receive_keys(mother, authentication, pin, random, store_);
    }
    std::string error() {
        const auto received = receive();
        return received ? "" : received.error().message;
    }
    void power_again() {
        mother_->power_off();
        authentication_->power_off();
        (void)mother_->power_on();
        (void)authentication_->power_on();
    }

    std::string ask(Chip& chip, const std::string& hex) {
        return core::to_hex(chip.exchange(core::from_hex(hex).value()));
    }
    std::string mother(const std::string& hex) { return ask(*mother_, hex); }
    std::string authentication(const std::string& hex) { return ask(*authentication_, hex); }

    /// EXTERNAL AUTHENTICATION of the mother card by the authentication card, whose PIN was right.
    std::string authenticate() {
        const auto challenge = mother("0084000008");
        EXPECT_EQ(authentication("0088000108" + challenge.substr(0, 16)), "6108");
        return mother("0082000108" + authentication("00C0000008").substr(0, 16));
    }

    void expect_all_keys() {
        ASSERT_EQ(store_.records().size(), made().keys.size());
        for (const auto& [record, key] : made().keys) {
            const auto* kept = core::find_record(store_, record.name);
            ASSERT_NE(kept, nullptr);
            EXPECT_EQ(*kept, record);
            EXPECT_EQ(*store_.release(record.name), key);
        }
    }

    core::Algorithm algorithm_;
    std::unique_ptr<MotherCard> mother_;
    std::unique_ptr<AuthenticationCard> authentication_;
    core::MemoryKeyStore store_{{jiaxing}};
};

class KeyCardsOfBothAlgorithms : public KeyCardTest, public testing::WithParamInterface<core::Algorithm> {
protected:
    KeyCardsOfBothAlgorithms() : KeyCardTest(GetParam()) {}
};

inline std::string algorithm_name(const testing::TestParamInfo<core::Algorithm>& tested) {
    return tested.param == core::Algorithm::sm4 ? "sm4" : "triple_des";
}

} // namespace tongka::simulator
