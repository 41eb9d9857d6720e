#include "simulator/card/tests/card_fixture.hpp"
#include "simulator/issuer/card_issuer.hpp"
#include "simulator/key_cards/tests/key_card_fixture.hpp"

namespace tongka::simulator {
namespace {

using core::Algorithm;
using core::Bytes;
using core::BytesView;

using KeyCardFlow = KeyCardsOfBothAlgorithms;

TEST_P(KeyCardFlow, BringsEveryKeyToTheCity) {
    const auto received = receive();
    ASSERT_TRUE(received) << received.error().message;
    expect_all_keys();
    EXPECT_EQ(mother_->emptyings_left(), 0U);
}

bool holds(BytesView bytes, BytesView part) {
    return std::search(bytes.begin(), bytes.end(), part.begin(), part.end()) != bytes.end();
}
bool holds(const Exchange& exchange, BytesView part) {
    return holds(exchange.command, part) || holds(exchange.answer, part);
}

TEST_P(KeyCardFlow, NoPartOfAKeyIsInAnyExchange) {
    Exchanges all = made().issuing;
    const auto issuing = all.size();
    ASSERT_TRUE(receive(recording(*mother_, all), recording(*authentication_, all)));
    ASSERT_GT(issuing, 20U);
    ASSERT_GT(all.size(), issuing + 2 * made().keys.size()) << "a 6Cxx and a message for each key";
    std::vector<core::Key> keys{made().pair.authentication, made().pair.transport};
    for (const auto& entry : made().keys)
        keys.push_back(entry.key);
    for (const auto& key : keys)
        for (std::size_t at = 0; at + 6 <= key.bytes().size(); ++at)
            for (const auto& exchange : all)
                ASSERT_FALSE(holds(exchange, key.bytes().subspan(at, 6)))
                    << "a command " << core::to_hex(BytesView(exchange.command).first(4)) << " or its answer";
}

// So that the search above is known to find what there is: the keys of the session go to the city's centre.
TEST_P(KeyCardFlow, OneAnswerHoldsTheKeysOfTheSession) {
    Exchanges lines;
    Exchanges other;
    ASSERT_TRUE(receive(recording(*mother_, other), recording(*authentication_, lines)));
    Bytes sender, answer;
    for (const auto& [command, got] : lines) {
        if (command[1] == 0xF2)
            sender = Bytes(command.begin() + 5, command.begin() + 13);
        if (command[1] == 0xC0)
            answer = got;
    }
    ASSERT_EQ(answer.size(), open_session_answer::size + 2);
    const core::TransportSession session(made().pair.transport, sender, BytesView(answer).subspan(1, 8));
    int found = 0;
    for (const auto& exchange : lines)
        found += holds(exchange, session.encryption.bytes()) ? 1 : 0;
    EXPECT_EQ(found, 1);
    for (const auto& exchange : other)
        EXPECT_FALSE(holds(exchange, session.encryption.bytes())) << "on the mother card's line";
}

TEST_P(KeyCardFlow, AnotherEmptyingIsRefused) {
    ASSERT_TRUE(receive());
    power_again();
    store_ = core::MemoryKeyStore({jiaxing});
    EXPECT_EQ(error(), "mother card: it has been emptied as often as it may be");
    // And by the card itself, whoever asks it.
    ASSERT_EQ(authentication("0020000003123456"), "9000");
    ASSERT_EQ(authenticate(), "9000");
    EXPECT_EQ(mother("80F0010000"), "6985");
    EXPECT_EQ(mother("80F0030000"), "6985");
}

TEST_P(KeyCardFlow, ACardForTwoEmptyingsGivesItsKeysTwice) {
    insert(make_cards(algorithm_, 2));
    for (const bool works : {true, true, false}) {
        store_ = core::MemoryKeyStore({jiaxing});
        EXPECT_EQ(receive().has_value(), works);
        power_again();
    }
}

TEST_P(KeyCardFlow, LinesMayFollow61And6CByThemselves) {
    const auto following = [](Chip& chip) -> Transmit {
        return [&chip](BytesView command) -> core::Result<Bytes> {
            auto answer = core::to_bytes(chip.exchange(command));
            if (answer.size() == 2 && answer[0] == 0x61)
                answer = core::to_bytes(chip.exchange(Bytes{0x00, 0xC0, 0x00, 0x00, answer[1]}));
            if (answer.size() == 2 && answer[0] == 0x6C) {
                Bytes again = core::to_bytes(command);
                again.back() = answer[1];
                answer = core::to_bytes(chip.exchange(again));
            }
            return answer;
        };
    };
    ASSERT_TRUE(receive(following(*mother_), following(*authentication_)));
    expect_all_keys();
}

INSTANTIATE_TEST_SUITE_P(All, KeyCardFlow, testing::Values(Algorithm::triple_des, Algorithm::sm4), algorithm_name);

class KeyCardState : public KeyCardTest {
protected:
    KeyCardState() {
        std::string name = (std::filesystem::temp_directory_path() / "tongka-key-cards-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary folder");
        folder_ = name;
    }
    ~KeyCardState() override { std::filesystem::remove_all(folder_); }

    std::filesystem::path folder_;
    core::Profile profile_ = published_profile();
};

TEST_F(KeyCardState, LivesInAFileAndTheEmptyingIsKept) {
    {
        ASSERT_TRUE(keep_state(*mother_, "mother", profile_, folder_ / "mother"));
        ASSERT_TRUE(keep_state(*authentication_, "authentication", profile_, folder_ / "authentication"));
        ASSERT_TRUE(receive());
        mother_.reset();
        authentication_.reset();
    }
    MotherCard mother(algorithm_, std::make_unique<core::SeededRandom>(5));
    EXPECT_FALSE(keep_state(mother, "authentication", profile_, folder_ / "mother"));
    ASSERT_TRUE(keep_state(mother, "mother", profile_, folder_ / "mother"));
    (void)mother.power_on();
    EXPECT_TRUE(mother.closed());
    EXPECT_EQ(mother.emptyings_left(), 0U);
}

} // namespace
} // namespace tongka::simulator
