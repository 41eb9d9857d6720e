#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/keys/centre.hpp"
#include "core/keys/memory_store.hpp"
#include "core/keys/tests/scratch.hpp"
#include "core/keys/transport.hpp"

namespace tongka::core::test {
namespace {

using ::testing::HasSubstr;

const KeyOwner jiaxing{{{0x21, 0x44}}};

class Transport : public ::testing::TestWithParam<Algorithm> {
protected:
    Transport() {
        for (const auto* name : {"DPK.01/01", "DLK.01/01", "DTK.00/01"}) {
            auto record = record_of(name);
            record.algorithm = GetParam();
            keys_.push_back({record, Key(*Key::create(GetParam(), Bytes(16, static_cast<Byte>(keys_.size() + 1))))});
        }
    }
    [[nodiscard]] Key transport_key() const { return *Key::create(GetParam(), Bytes(16, 0x5A)); }

    /// Runs a transfer with fixed random numbers in which `disturb` may change the messages that go to the receiver
    /// (0 hello, 1 proof, then keys and end) and the answer. Whether the receiver ended it.
    bool transfer(const std::function<void(std::vector<Bytes>&)>& disturb = {},
                  const std::function<void(Bytes&)>& disturb_answer = {}) {
        SeededRandom one(1);
        SeededRandom other(2);
        store_ = MemoryKeyStore(jiaxing);
        TransportSender sender(transport_key(), one);
        TransportReceiver receiver(transport_key(), other, store_);
        sent_ = {sender.hello()};
        // The first message can be changed only before it is answered.
        auto first = sent_;
        if (disturb)
            disturb(first);
        if (first.empty() || first.size() > 1)
            first = sent_;
        auto answer = receiver.answer(first.front());
        if (!answer)
            return false;
        if (disturb_answer)
            disturb_answer(*answer);
        auto proof = sender.proof(*answer);
        if (!proof)
            return false;
        sent_.push_back(*proof);
        for (const auto& key : keys_)
            sent_.push_back(*sender.key(key));
        sent_.push_back(*sender.end());
        auto messages = sent_;
        if (disturb)
            disturb(messages);
        bool all = true;
        for (std::size_t i = 1; i < messages.size(); ++i)
            all = receiver.take(messages[i]).has_value() && all;
        return all && receiver.done();
    }

    std::vector<KeyEntry> keys_;
    std::vector<Bytes> sent_;
    MemoryKeyStore store_{jiaxing};
};

TEST_P(Transport, BringsEveryKey) {
    ASSERT_TRUE(transfer());
    ASSERT_EQ(store_.records().size(), keys_.size());
    for (const auto& [record, key] : keys_)
        EXPECT_EQ(*store_.release(record.name), key);
}

TEST_P(Transport, ShowsNoKeyOnTheWay) {
    ASSERT_TRUE(transfer());
    for (const auto& message : sent_)
        for (const auto& entry : keys_)
            EXPECT_FALSE(contains(message, entry.key.bytes().first(4)));
}

TEST_P(Transport, EveryAlteredBitIsRefused) {
    ASSERT_TRUE(transfer());
    const auto clean = sent_;
    for (std::size_t which = 0; which < clean.size(); ++which)
        for (std::size_t bit = 0; bit < clean[which].size() * 8; ++bit) {
            const auto flip = [&](std::vector<Bytes>& messages) {
                if (which < messages.size())
                    messages[which][bit / 8] ^= static_cast<Byte>(1u << bit % 8);
            };
            ASSERT_FALSE(transfer(flip)) << which << " " << bit;
            ASSERT_TRUE(store_.records().empty()) << which << " " << bit;
        }
    for (std::size_t bit = 0; bit < 17 * 8; ++bit) {
        ASSERT_FALSE(transfer({}, [&](Bytes& answer) { answer[bit / 8] ^= static_cast<Byte>(1u << bit % 8); })) << bit;
        ASSERT_TRUE(store_.records().empty()) << bit;
    }
}

TEST_P(Transport, EveryDroppedRepeatedOrExchangedMessageIsRefused) {
    ASSERT_TRUE(transfer());
    const auto count = sent_.size();
    const auto refused = [&](const std::function<void(std::vector<Bytes>&)>& disturb, std::size_t which) {
        const auto later = [&](std::vector<Bytes>& messages) {
            if (messages.size() == count)
                disturb(messages);
        };
        EXPECT_FALSE(transfer(later)) << which;
        EXPECT_TRUE(store_.records().empty() || which == count - 1) << which;
    };
    for (std::size_t which = 1; which < count; ++which) {
        const auto at = static_cast<std::ptrdiff_t>(which);
        refused([&](auto& messages) { messages.erase(messages.begin() + at); }, which);
        refused([&](auto& messages) { messages.insert(messages.begin() + at, Bytes(messages[which])); }, which);
        if (which + 1 < count)
            refused([&](auto& messages) { std::swap(messages[which], messages[which + 1]); }, which);
        refused([&](auto& messages) { messages[which].pop_back(); }, 0);
        refused([&](auto& messages) { messages[which].push_back(0); }, 0);
        refused([&](auto& messages) { messages[which].clear(); }, 0);
    }
}

TEST_P(Transport, ARecordedTransferCannotBePlayedAgain) {
    ASSERT_TRUE(transfer());
    SystemRandom random;
    MemoryKeyStore store(jiaxing);
    TransportReceiver receiver(transport_key(), random, store);
    ASSERT_TRUE(receiver.answer(sent_[0]));
    EXPECT_EQ(receiver.take(sent_[1]).error().message, "the sender does not have the transport key");
    for (std::size_t i = 1; i < sent_.size(); ++i)
        EXPECT_EQ(receiver.take(sent_[i]).error().message, "no transfer of keys is under way");
    EXPECT_TRUE(store.records().empty());
}

TEST_P(Transport, ReceiverAndSenderCannotBePlayedAgainstEachOther) {
    SystemRandom random;
    TransportSender sender(transport_key(), random);
    auto back = sender.hello();
    back[0] = 2; // the sender's own random number as an answer
    back.insert(back.end(), back.begin() + 1, back.begin() + 9);
    EXPECT_EQ(sender.proof(back).error().message, "the receiver does not have the transport key");
    EXPECT_FALSE(sender.key(keys_[0]));
    EXPECT_FALSE(sender.end());
}

/// A sender that has the key and still says something else than it did.
TEST_P(Transport, NumbersAreCheckedEvenUnderARightMac) {
    for (const bool at_the_end : {false, true}) {
        SystemRandom random;
        store_ = MemoryKeyStore(jiaxing);
        TransportSender sender(transport_key(), random);
        TransportReceiver receiver(transport_key(), random, store_);
        const auto hello = sender.hello();
        const auto answer = *receiver.answer(hello);
        ASSERT_TRUE(receiver.take(*sender.proof(answer)));
        TransportSession session(transport_key(), BytesView(hello).subspan(1), BytesView(answer).subspan(1, 8));
        auto message = *sender.key(keys_[0]);
        if (at_the_end) {
            ASSERT_TRUE(receiver.take(message));
            std::ranges::copy(BytesView(message).last(4), session.chain.begin());
            message = "050002"_hex;
        } else {
            message[4] = 2;
            message.resize(message.size() - 4);
        }
        const auto covered = BytesView(message).subspan(at_the_end ? 0 : 1);
        const auto mac = secure_messaging_mac(session.authentication, session.chain, covered);
        message.insert(message.end(), mac.begin(), mac.end());
        EXPECT_THAT(receiver.take(message).error().message,
                    HasSubstr(at_the_end ? "2 keys were sent, 1 came" : "key message 1 has another number or length"));
        EXPECT_TRUE(store_.records().empty());
    }
}

TEST_P(Transport, WithAnotherTransportKeyNothingStarts) {
    SystemRandom random;
    TransportSender sender(*Key::create(GetParam(), Bytes(16, 0x11)), random);
    TransportReceiver receiver(transport_key(), random, store_);
    EXPECT_EQ(sender.proof(*receiver.answer(sender.hello())).error().message,
              "the receiver does not have the transport key");
}

TEST_P(Transport, TheTransportKeyMayStayInADeviceOfTheReceiver) {
    SystemRandom random;
    const std::array<Byte, 8> own{1, 2, 3, 4, 5, 6, 7, 8};
    TransportSender sender(transport_key(), random);
    TransportReceiver receiver(
        [&](BytesView sender_random) -> Result<ReceiverSession> {
            const TransportSession made(transport_key(), sender_random, own);
            return ReceiverSession{
                own, TransportSession(made.answer, made.proof, made.encryption, made.authentication, own)};
        },
        store_);
    ASSERT_TRUE(receiver.take(*sender.proof(*receiver.answer(sender.hello()))));
    for (const auto& key : keys_)
        ASSERT_TRUE(receiver.take(*sender.key(key)));
    ASSERT_TRUE(receiver.take(*sender.end()));
    EXPECT_TRUE(receiver.done());
    EXPECT_EQ(store_.records().size(), keys_.size());
}

TEST_P(Transport, ADeviceThatMakesNoSessionEndsTheTransfer) {
    SystemRandom random;
    TransportSender sender(transport_key(), random);
    TransportReceiver receiver([](BytesView) -> Result<ReceiverSession> { return fail("no PIN"); }, store_);
    EXPECT_EQ(receiver.answer(sender.hello()).error().message, "no PIN");
    EXPECT_FALSE(receiver.answer(sender.hello())) << "once is enough";
}

TEST_P(Transport, AKeyThatTheStoreRefusesKeepsAllOut) {
    keys_[2].record.name = keys_[0].record.name;
    EXPECT_FALSE(transfer());
    EXPECT_TRUE(store_.records().empty());
}

TEST(TransportKey, IsNotSingleDes) {
    SystemRandom random;
    EXPECT_THROW(TransportSender(*Key::create(Algorithm::des, Bytes(8, 1)), random), std::invalid_argument);
}

INSTANTIATE_TEST_SUITE_P(All, Transport, ::testing::Values(Algorithm::triple_des, Algorithm::sm4),
                         [](const auto& tested) { return tested.param == Algorithm::sm4 ? "sm4" : "triple_des"; });

} // namespace
} // namespace tongka::core::test
