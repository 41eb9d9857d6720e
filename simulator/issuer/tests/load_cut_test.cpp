#include <functional>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "simulator/issuer/tests/load_fixture.hpp"

namespace tongka::simulator {
namespace {

class LoadCutTest : public testing::TestWithParam<LoadKind> {
protected:
    /// False where something was cut off.
    static bool whole(const std::function<void()>& act) {
        try {
            act();
            return true;
        } catch (const CutOff&) {
            return false;
        }
    }

    void recover() {
        Line line;
        world.restart();
        world.terminal.recover(*world.host, line);
        world.expect_agreement();
    }

    std::size_t booked() {
        return static_cast<std::size_t>(
            std::ranges::count(world.loads(), LoadState::booked, [](const Load& load) { return load.state; }));
    }

    LoadWorld world{GetParam()};
};

TEST_P(LoadCutTest, AtAnyMessageEndsTheSameOnBothSides) {
    constexpr unsigned messages = 8; // two commands and two calls, each with its answer
    std::size_t before = 0;
    unsigned lost = 0;
    for (;; ++lost) {
        SCOPED_TRACE("message " + std::to_string(lost));
        Line line(lost);
        const bool finished = whole([&] { world.terminal.load(*world.host, 1000, line); });
        world.expect_money_kept();
        recover();
        // From the CREDIT that reached the card on, the load is done.
        const std::size_t expected = lost >= 5 ? 1 : 0;
        EXPECT_EQ(booked() - before, expected);
        before = booked();
        if (finished)
            break;
    }
    EXPECT_EQ(lost, messages);
}

TEST_P(LoadCutTest, AtAnyMessageOfTheRecoveryToo) {
    for (unsigned lost = 2; lost < 8; ++lost)
        for (unsigned lost_again = 0;; ++lost_again) {
            SCOPED_TRACE("messages " + std::to_string(lost) + " and " + std::to_string(lost_again));
            Line line(lost);
            Line again(lost_again);
            ASSERT_FALSE(whole([&] { world.terminal.load(*world.host, 1, line); }));
            const bool finished = whole([&] { world.terminal.recover(*world.host, again); });
            world.expect_money_kept();
            recover();
            if (finished)
                break;
        }
    Line line;
    world.terminal.load(*world.host, 1000, line);
    world.expect_agreement();
}

TEST_P(LoadCutTest, AtAnyWriteOfTheCardToo) {
    const auto load_with_cut = [&](Chip::Cut cut) {
        Line line;
        world.card->cut_power_at(cut);
        const bool finished = whole([&] { world.terminal.load(*world.host, 1, line); });
        world.card->cut_power_at(std::nullopt);
        recover();
        return finished;
    };
    unsigned writes = 0;
    while (!load_with_cut({writes, false}))
        ++writes;
    EXPECT_GT(writes, 3U);
    const auto before = booked();
    EXPECT_GT(before, 1U) << "the first cuts undo the load, the last ones do not";
    EXPECT_LT(before, writes);
    for (unsigned write = 0; write < writes; ++write)
        EXPECT_FALSE(load_with_cut({write, true}));
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
ssize_t counted_write(int file, const void* bytes, std::size_t size) {
    count_write();
    return ::write(file, bytes, size);
}
int counted_truncate(int file, off_t size) {
    count_write();
    return ::ftruncate(file, size);
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
    replace("write", counted_write);
    replace("ftruncate", counted_truncate);
    replace("unlink", counted_unlink);
}

/// Each call of the host in a process of its own, which dies at each of its writes.
class HostDeathTest : public LoadCutTest {
protected:
    void die_everywhere(const std::function<void()>& prepare, const std::function<bool(LoadHost&)>& call) {
        unsigned write = 0;
        for (bool dead = true; dead; ++write) {
            SCOPED_TRACE("write " + std::to_string(write));
            prepare();
            world.close();
            const pid_t process = ::fork();
            ASSERT_GE(process, 0);
            if (process == 0) {
                world.open();
                count_writes_of_sqlite(write);
                ::_exit(call(*world.host) ? 0 : 1);
            }
            int status = 0;
            ASSERT_EQ(::waitpid(process, &status, 0), process);
            ASSERT_TRUE(WIFEXITED(status));
            ASSERT_TRUE(WEXITSTATUS(status) == 0 || WEXITSTATUS(status) == died);
            dead = WEXITSTATUS(status) == died;
            recover();
        }
        EXPECT_GE(write, 4U) << "a commit is several writes";
    }

    Line line;
    LoadRequest request;
    Authorisation authorisation;
    core::Mac tac{};

    void initialize() { request = world.terminal.initialize(line, 10); }
    void authorise() {
        initialize();
        authorisation = std::get<Authorisation>(world.host->authorise(request).value());
    }
    void credit() {
        authorise();
        tac = world.terminal.credit(line, authorisation);
    }
};

TEST_P(HostDeathTest, WhileItAuthorises) {
    die_everywhere([&] { initialize(); }, [&](LoadHost& host) { return host.authorise(request).has_value(); });
}

TEST_P(HostDeathTest, WhileItIsToldTheTac) {
    die_everywhere([&] { credit(); },
                   [&](LoadHost& host) { return host.confirm(LoadTerminal::name(request), tac, 0).has_value(); });
    die_everywhere(
        [&] { credit(); },
        [&](LoadHost& host) {
            return host.confirm(LoadTerminal::name(request), tac, request.answer.old_balance + 10).has_value();
        });
}

TEST_P(HostDeathTest, WhileItResolvesByTheTac) {
    die_everywhere(
        [&] { credit(); },
        [&](LoadHost& host) { return host.resolve(LoadTerminal::name(request), TacEvidence{tac}).has_value(); });
}

TEST_P(HostDeathTest, WhileItResolvesByANewInitialize) {
    LoadRequest evidence;
    die_everywhere(
        [&] {
            authorise();
            const auto open = world.host->open_load(request.asn, request.type).value();
            ASSERT_TRUE(open);
            evidence = world.terminal.initialize(line, 1, open->challenge);
        },
        [&](LoadHost& host) {
            return host.resolve(LoadTerminal::name(request), LoadTerminal::evidence_of(evidence)).has_value();
        });
}

const LoadKind kinds[] = {
    {"city-union", 0x02, "before", "after"},  {"city-union", 0x02, "after", "after"},
    {"city-union", 0x02, "before", "before"}, {"city-union", 0x02, "after", "before"},
    {"city-union", 0x01, "before", "either"}, {"sm4", 0x02, "before", "after"},
    {"sm4", 0x02, "after", "after"},          {"sm4", 0x02, "before", "before"},
    {"sm4", 0x02, "after", "before"},         {"sm4", 0x01, "after", "either"},
};
INSTANTIATE_TEST_SUITE_P(Cards, LoadCutTest, testing::ValuesIn(kinds), test_name);
INSTANTIATE_TEST_SUITE_P(Cards, HostDeathTest, testing::ValuesIn({kinds[0], kinds[9]}), test_name);

} // namespace
} // namespace tongka::simulator
