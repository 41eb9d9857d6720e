#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "simulator/virtual_reader/echo_chip.hpp"
#include "simulator/virtual_reader/frame.hpp"
#include "simulator/virtual_reader/reader_slot.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using namespace std::chrono_literals;

constexpr Budget enough = 20s;
constexpr Budget none = 1ms;

/// The reader's side: takes cards in like vpcd, one at a time.
class ReaderSlots : public testing::Test {
protected:
    core::Result<Descriptor> plug_in() { return connect_to({"127.0.0.1", listener_.port}, enough); }

    void take_in() {
        auto connection = accept_from(listener_, enough);
        ASSERT_TRUE(connection);
        reader_ = std::move(*connection);
        const int nagle = 0;
        ::setsockopt(reader_.get(), IPPROTO_TCP, TCP_NODELAY, &nagle, sizeof nagle);
    }

    void send(const core::Bytes& bytes) { ASSERT_TRUE(write_all(reader_.get(), bytes)); }

    /// The next frame; "" when the card has closed the connection.
    std::string receive() {
        std::array<core::Byte, 2> length{};
        if (::recv(reader_.get(), length.data(), length.size(), MSG_WAITALL) != 2)
            return "";
        core::Bytes content(static_cast<std::size_t>(core::read_big_endian(length)));
        ::recv(reader_.get(), content.data(), content.size(), MSG_WAITALL);
        return core::to_hex(content);
    }

    void insert(ReaderSlot& slot) {
        auto connection = plug_in();
        ASSERT_TRUE(connection);
        slot.insert(std::move(*connection));
        take_in();
        send("0001 04"_hex);
        ASSERT_TRUE(slot.wait_until_polled(enough));
        EXPECT_EQ(receive(), "3B8480014543484F04");
        send("0001 01"_hex);
    }

    Listener listener_ = *listen_on_loopback(0);
    Descriptor reader_;
    EchoChip chip_;
};

TEST_F(ReaderSlots, ServeTheChip) {
    ReaderSlot slot(chip_);
    insert(slot);
    EXPECT_EQ(slot.state(), ReaderSlot::State::inserted);
    send("0005 805C000204 0005 FFCA000000"_hex);
    EXPECT_EQ(receive(), "000000009000");
    EXPECT_EQ(receive(), "4543484F9000");
}

TEST_F(ReaderSlots, AcknowledgeAtOnce) {
    ReaderSlot slot(chip_);
    insert(slot);
    // As vpcd 3.3 does: length and content apart, the second held back until the first is acknowledged. A delayed
    // acknowledgement takes 40 ms, and one for each of these commands 8 s.
    constexpr int commands = 200;
    const auto begin = std::chrono::steady_clock::now();
    for (int i = 0; i < commands; ++i) {
        send("0005"_hex);
        send("805C000204"_hex);
        ASSERT_EQ(receive(), "000000009000");
    }
    EXPECT_LT(std::chrono::steady_clock::now() - begin, 4s);
}

TEST_F(ReaderSlots, CanBeEmptiedAndFilledAgain) {
    ReaderSlot slot(chip_);
    insert(slot);
    slot.remove();
    EXPECT_EQ(slot.state(), ReaderSlot::State::absent);
    EXPECT_EQ(receive(), "");
    EXPECT_TRUE(chip_.exchange("805C000204"_hex).empty()) << "a chip that is out has no power";
    insert(slot);
    send("0005 805C000204"_hex);
    EXPECT_EQ(receive(), "000000009000");
}

TEST_F(ReaderSlots, LoseAChipWhosePowerIsCut) {
    ReaderSlot slot(chip_);
    insert(slot);
    slot.cut_power_at(Chip::Cut{.writes = 1, .after = false});
    send("0005 805C000204"_hex);
    EXPECT_EQ(receive(), "000000009000");
    send("0005 805C000204"_hex);
    EXPECT_EQ(receive(), "");
    slot.insert(*plug_in());
    EXPECT_EQ(slot.state(), ReaderSlot::State::inserted);
}

TEST_F(ReaderSlots, KeepAConnectionThatMustNotBeClosed) {
    ReaderSlot slot(chip_, ReaderSlot::OnSilence::keep);
    insert(slot);
    send("0001 00 0005 805C000204"_hex);
    EXPECT_EQ(receive(), "6F00");
    send("0001 01 0005 805C000204"_hex);
    EXPECT_EQ(receive(), "000000009000");
}

TEST_F(ReaderSlots, ThatAreTakenAreReported) {
    EchoChip second_chip;
    ReaderSlot slot(chip_);
    insert(slot);
    ReaderSlot second(second_chip);
    auto connection = plug_in();
    ASSERT_TRUE(connection);
    second.insert(std::move(*connection)); // waits in the backlog
    auto polled = second.wait_until_polled(none);
    ASSERT_FALSE(polled);
    EXPECT_NE(polled.error().message.find("taken by another card"), std::string::npos) << polled.error().message;
    EXPECT_EQ(second.state(), ReaderSlot::State::absent);
    send("0005 805C000204"_hex);
    EXPECT_EQ(receive(), "000000009000") << "the card that was in must not suffer";
}

TEST_F(ReaderSlots, TellWhyAReaderWasLost) {
    struct {
        core::Bytes sent;
        std::string why;
    } cases[] = {
        {"0000"_hex, "empty frame"}, {"0005 80"_hex, "inside a frame"}, {{}, "the reader closed the connection"}};
    for (auto& [sent, why] : cases) {
        ReaderSlot slot(chip_);
        auto connection = plug_in();
        ASSERT_TRUE(connection);
        slot.insert(std::move(*connection));
        take_in();
        send(sent);
        ::shutdown(reader_.get(), SHUT_WR);
        EXPECT_EQ(receive(), "");
        auto polled = slot.wait_until_polled(enough);
        ASSERT_FALSE(polled);
        EXPECT_NE(polled.error().message.find(why), std::string::npos) << polled.error().message;
        EXPECT_EQ(slot.state(), ReaderSlot::State::lost);
    }
}

} // namespace
} // namespace tongka::simulator
