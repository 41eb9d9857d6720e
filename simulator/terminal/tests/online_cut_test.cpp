#include <functional>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "simulator/terminal/tests/online_world.hpp"

namespace tongka::simulator {
namespace {

constexpr std::uint32_t amount = 700;
constexpr unsigned messages_of_a_load = 4; // line check, inquiry, request, result

enum class Fault { lost_request, lost_reply, repeated_request, repeated_reply, host_restarted, reply_to_another };
constexpr Fault faults[] = {Fault::lost_request,   Fault::lost_reply,     Fault::repeated_request,
                            Fault::repeated_reply, Fault::host_restarted, Fault::reply_to_another};

/// A line that does one wrong thing, to the n-th message and `times - 1` frames behind it.
class FaultyLine {
public:
    FaultyLine(OnlineWorld& world, Fault fault, unsigned at, unsigned times)
        : world_(world), fault_(fault), at_(at), times_(times) {}

    core::Result<core::Bytes> operator()(core::BytesView frame) {
        const bool wrong = sent_ >= at_ && sent_ < at_ + times_;
        ++sent_;
        const auto last = std::exchange(last_, {});
        if (!wrong)
            return keep(world_.service->handle(frame), last);
        switch (fault_) {
        case Fault::lost_request:
            return core::fail("no answer");
        case Fault::lost_reply:
            (void)world_.service->handle(frame);
            return core::fail("no answer");
        case Fault::repeated_request:
            (void)world_.service->handle(frame);
            return keep(world_.service->handle(frame), {});
        case Fault::host_restarted: {
            (void)world_.service->handle(frame);
            world_.restart();
            return keep(world_.service->handle(frame), {});
        }
        case Fault::repeated_reply:
            repeat_ = true;
            return keep(world_.service->handle(frame), {});
        case Fault::reply_to_another:
            (void)world_.service->handle(frame);
            return last.empty() ? core::Result<core::Bytes>(core::fail("no answer")) : last;
        }
        return core::fail("no such fault");
    }
    [[nodiscard]] unsigned sent() const { return sent_; }

private:
    core::Result<core::Bytes> keep(HostReply reply, const core::Bytes& before) {
        last_ = reply.frame;
        if (std::exchange(repeat_, false) && !before.empty())
            return before; // the reply to the message before comes once more, in place of this one's
        return OnlineWorld::answered(std::move(reply));
    }

    OnlineWorld& world_;
    Fault fault_;
    unsigned at_;
    unsigned times_;
    unsigned sent_ = 0;
    core::Bytes last_;
    bool repeat_ = false;
};

class OnlineCut : public testing::Test {
protected:
    OnlineWorld world;
    std::size_t booked() {
        return static_cast<std::size_t>(std::ranges::count(world.accounts->loads(world.card.profile.card.asn).value(),
                                                           LoadState::booked, &Load::state));
    }
};

TEST_F(OnlineCut, NothingLostLoads) {
    auto line = world.line(world.straight());
    const auto outcome = world.load(line, amount);
    ASSERT_TRUE(outcome) << outcome.error().message;
    EXPECT_EQ(outcome->state, LoadState::booked);
    EXPECT_EQ(world.balance(), OnlineWorld::card_start + amount);
    world.expect_agreement();
    const auto refused = world.load(line, OnlineWorld::paid_in);
    ASSERT_TRUE(refused) << refused.error().message;
    EXPECT_EQ(refused->refusal, Refusal::not_enough_money);
}

// One wrong frame is made up for by sending the same frame again.
TEST_F(OnlineCut, OneFaultIsHealed) {
    for (const Fault fault : faults)
        for (unsigned at = 0; at < messages_of_a_load; ++at) {
            SCOPED_TRACE(testing::Message() << "fault " << static_cast<int>(fault) << " at message " << at);
            FaultyLine faulty(world, fault, at, 1);
            auto line = world.line(std::ref(faulty));
            const auto before = booked();
            const auto outcome = world.load(line, amount);
            ASSERT_TRUE(outcome) << outcome.error().message;
            EXPECT_EQ(outcome->state, LoadState::booked);
            EXPECT_EQ(booked(), before + 1) << "once, and no more";
            EXPECT_GE(faulty.sent(), messages_of_a_load);
            world.expect_agreement();
        }
}

// All attempts in vain: the terminal gives up, and finds out later.
TEST_F(OnlineCut, ALineThatIsDownLosesNoMoney) {
    for (const Fault fault : {Fault::lost_request, Fault::lost_reply, Fault::reply_to_another})
        for (unsigned at = 0; at < messages_of_a_load; ++at) {
            SCOPED_TRACE(testing::Message() << "fault " << static_cast<int>(fault) << " from message " << at);
            FaultyLine faulty(world, fault, at, 1000);
            auto line = world.line(std::ref(faulty));
            const auto before = booked();
            EXPECT_FALSE(world.load(line, amount));
            world.expect_money_kept();
            world.recover();
            world.expect_agreement();
            EXPECT_EQ(booked(), before + (at == 3 ? 1 : 0)) << "from the CREDIT on, it is done";
        }
}

TEST_F(OnlineCut, ALateMessageIsNotProcessed) {
    for (unsigned at = 1; at < messages_of_a_load; ++at) {
        SCOPED_TRACE(at);
        core::Bytes held_back;
        unsigned sent = 0;
        auto line = world.line([&](core::BytesView frame) -> core::Result<core::Bytes> {
            if (sent++ < at)
                return OnlineWorld::answered(world.service->handle(frame));
            held_back = core::to_bytes(frame);
            return core::fail("no answer");
        });
        const auto before = booked();
        EXPECT_FALSE(world.load(line, amount));

        world.clock.time += Service::window + std::chrono::seconds(1);
        EXPECT_EQ(world.service->handle(held_back).code, core::message::ResponseCode::late);
        world.clock.time -= Service::window + std::chrono::seconds(1);
        world.recover();
        world.expect_agreement();
        EXPECT_EQ(booked(), before + (at == 3 ? 1 : 0));

        // In time after all, but the terminal has gone on: its number is used up.
        const auto totals = world.accounts->totals().value();
        const auto code = world.service->handle(held_back).code;
        if (at > 1) { // an inquiry changes nothing
            EXPECT_TRUE(code == core::message::ResponseCode::old_sequence ||
                        code == core::message::ResponseCode::other_content);
        }
        EXPECT_EQ(world.accounts->totals().value(), totals);
    }
}

TEST_F(OnlineCut, AtEveryByteOfRequestAndReply) {
    for (unsigned at = 0; at < messages_of_a_load; ++at)
        for (const bool of_reply : {false, true})
            for (std::size_t byte = 0, size = 1; byte < size; byte += 7) {
                SCOPED_TRACE(testing::Message()
                             << "message " << at << " byte " << byte << (of_reply ? " of reply" : ""));
                unsigned sent = 0;
                auto line = world.line([&](core::BytesView frame) -> core::Result<core::Bytes> {
                    if (sent++ < at)
                        return OnlineWorld::answered(world.service->handle(frame));
                    if (!of_reply) {
                        size = frame.size();
                        EXPECT_TRUE(world.service->handle(frame.first(byte)).frame.empty());
                        return core::fail("the line was cut");
                    }
                    auto answer = world.service->handle(frame).frame;
                    size = answer.size();
                    answer.resize(byte);
                    return answer;
                });
                EXPECT_FALSE(world.load(line, amount));
                world.expect_money_kept();
                world.recover();
                world.expect_agreement();
            }
}

TEST_F(OnlineCut, ACardTornAtEveryExchange) {
    for (unsigned torn = 0;; ++torn)
        for (const bool answer_lost : {false, true}) {
            SCOPED_TRACE(testing::Message() << "command " << torn << (answer_lost ? ", answer lost" : ""));
            unsigned commands = 0;
            bool gone = false;
            const Transmit line_to_card = [&](core::BytesView command) -> core::Result<core::Bytes> {
                if (gone)
                    return core::fail("the card is gone");
                gone = commands++ == torn;
                if (gone && answer_lost)
                    (void)line_to (*world.card.card)(command);
                if (gone)
                    return core::fail("the card is gone");
                return line_to(*world.card.card)(command);
            };
            auto line = world.line(world.straight());
            const bool loaded = world.load(line, 10, line_to_card).has_value();
            world.expect_money_kept();
            world.recover();
            world.expect_agreement();
            if (loaded) {
                EXPECT_EQ(torn, 6U);
                return;
            }
        }
}

/// In the child process: how many more times the host may write to its disk before it dies.
unsigned writes_left = 0;
constexpr int died = 77;

void count_write() {
    if (writes_left-- == 0)
        ::_exit(died);
}
ssize_t counted_pwrite(int file, const void* bytes, std::size_t size, off_t at) {
    count_write();
    return ::pwrite(file, bytes, size, at);
}
int counted_unlink(const char* path) {
    count_write();
    return ::unlink(path);
}

void count_writes_of_sqlite(unsigned allowed) {
    writes_left = allowed;
    sqlite3_vfs* files = sqlite3_vfs_find(nullptr);
    const auto replace = [&](const char* call, auto function) {
        files->xSetSystemCall(files, call, reinterpret_cast<sqlite3_syscall_ptr>(function)); // some it may not have
    };
    replace("pwrite", counted_pwrite);
    replace("pwrite64", counted_pwrite);
    replace("unlink", counted_unlink);
}

TEST_F(OnlineCut, AHostKilledBetweenAnyTwoWritesGoesOn) {
    unsigned deaths = 0;
    for (unsigned at = 1; at < messages_of_a_load; ++at)
        for (unsigned write = 0; write < 100; ++write) {
            SCOPED_TRACE(testing::Message() << "message " << at << " write " << write);
            unsigned sent = 0;
            bool dead = false;
            auto line = world.line([&](core::BytesView frame) -> core::Result<core::Bytes> {
                if (sent++ != at)
                    return OnlineWorld::answered(world.service->handle(frame));
                world.close();
                const pid_t process = ::fork();
                if (process == 0) {
                    world.open();
                    count_writes_of_sqlite(write);
                    (void)world.service->handle(frame);
                    ::_exit(0);
                }
                int status = 0;
                EXPECT_EQ(::waitpid(process, &status, 0), process);
                EXPECT_TRUE(WIFEXITED(status));
                dead = WEXITSTATUS(status) == died;
                world.open();
                return core::fail("no answer");
            });
            const auto before = booked();
            const auto outcome = world.load(line, 10);
            ASSERT_TRUE(outcome) << outcome.error().message;
            EXPECT_EQ(booked(), before + 1);
            world.expect_agreement();
            deaths += dead ? 1 : 0;
            if (!dead)
                break;
        }
    EXPECT_GT(deaths, 15U) << "a commit is several writes";
}

} // namespace
} // namespace tongka::simulator
