#include <csignal>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/keys/tests/scratch.hpp"

namespace tongka::core::test {
namespace {

const PassPhrase pass = pass_phrase("a pass phrase");
const Key key = key_of("00112233445566778899AABBCCDDEEFF");

class Crash : public Scratch {
protected:
    Crash() : path_(folder_ / "cn.keys") { (void)*FileKeyStore::create(path_, KeyOwner{}, pass, random_, quick); }

    /// In a process of its own; `work` says whether it did what it should.
    template <typename Work>
    pid_t fork_and(Work work) {
        const pid_t child = ::fork();
        if (child == 0)
            ::_exit(work() ? 0 : 1);
        return child;
    }
    static int end_of(pid_t child) {
        int status = -1;
        EXPECT_EQ(::waitpid(child, &status, 0), child);
        return status;
    }
    std::size_t keys() {
        auto store = FileKeyStore::open(path_, pass, random_);
        EXPECT_TRUE(store) << store.error().message;
        return store ? (*store)->records().size() : 9999;
    }
    static KeyRecord numbered(unsigned number) { return record_of(fmt::format("DPK.{:02X}/01", number)); }

    std::filesystem::path path_;
};

TEST_F(Crash, TwoProgramsLoseNoChangeOfEachOther) {
    constexpr unsigned each = 20;
    const auto work = [&](unsigned first) {
        SystemRandom random;
        for (unsigned i = 0; i < each;) {
            auto store = FileKeyStore::open(path_, pass, random, Access::change);
            if (!store && store.error().message.find("another program") == std::string::npos)
                return false;
            if (store && !(*store)->add(numbered(first + i++), key))
                return false;
        }
        return true;
    };
    const auto one = fork_and([&] { return work(0); });
    const auto other = fork_and([&] { return work(each); });
    EXPECT_EQ(end_of(one), 0);
    EXPECT_EQ(end_of(other), 0);
    EXPECT_EQ(keys(), 2u * each);
    EXPECT_EQ(files(), 1u);
}

/// A crash in the making, when the file has its name and has not lost the one it was written under.
TEST_F(Crash, ANewFileWithBothItsNamesIsOpened) {
    const auto before = read(path_);
    const std::filesystem::path left = path_.string() + ".new";
    for (const bool adds : {false, true}) {
        std::filesystem::create_hard_link(path_, left);
        auto store = FileKeyStore::open(path_, pass, random_, Access::change);
        ASSERT_TRUE(store) << store.error().message;
        EXPECT_EQ(files(), 1u);
        EXPECT_EQ(read(path_), before);
        if (adds) {
            EXPECT_TRUE((*store)->add(numbered(1), key));
        }
    }
    EXPECT_EQ(keys(), 1u);
    EXPECT_EQ(files(), 1u);
}

/// What another program is writing under the second name is left to it.
TEST_F(Crash, AFileThatIsBeingWrittenIsNoSecondName) {
    const std::filesystem::path left = path_.string() + ".new";
    write(left, pass);
    ASSERT_TRUE(FileKeyStore::open(path_, pass, random_, Access::change));
    EXPECT_TRUE(std::filesystem::exists(left));
}

/// Killed after any byte of its making, a store is there with every key, or is not there.
TEST_F(Crash, AStoreAppearsWithItsKeysOrNotAtAll) {
    const auto fresh = folder_ / "fresh.keys";
    const std::vector<KeyEntry> two{{numbered(1), key}, {numbered(2), key}};
    bool made = false;
    for (std::size_t bytes = 0; !made; bytes += 7) {
        const auto status = end_of(fork_and([&] {
            const rlimit limit{bytes, bytes};
            const rlimit no_core{0, 0};
            ::setrlimit(RLIMIT_CORE, &no_core);
            ::setrlimit(RLIMIT_FSIZE, &limit);
            SystemRandom random;
            return FileKeyStore::create(fresh, KeyOwner{}, pass, random, quick, two).has_value();
        }));
        made = WIFEXITED(status) && WEXITSTATUS(status) == 0;
        ASSERT_EQ(std::filesystem::exists(fresh), made) << bytes;
    }
    EXPECT_EQ((*FileKeyStore::open(fresh, pass, random_))->records().size(), 2u);
}

/// The system kills a process that writes more than it may: after any number of bytes.
TEST_F(Crash, KilledAfterAnyByteLeavesTheOldFile) {
    const auto before = read(path_);
    for (std::size_t bytes = 0; bytes <= before.size() + 40; bytes += 3) {
        const auto status = end_of(fork_and([&] {
            const rlimit limit{bytes, bytes};
            const rlimit no_core{0, 0};
            ::setrlimit(RLIMIT_CORE, &no_core);
            SystemRandom random;
            auto store = FileKeyStore::open(path_, pass, random, Access::change);
            ::setrlimit(RLIMIT_FSIZE, &limit);
            return store && (*store)->add(numbered(1), key);
        }));
        ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGXFSZ) << bytes;
        ASSERT_EQ(read(path_), before) << bytes;
    }
    auto store = *FileKeyStore::open(path_, pass, random_, Access::change);
    EXPECT_TRUE(store->add(numbered(1), key)); // takes over what the killed ones left
    store.reset();
    EXPECT_EQ(keys(), 1u);
    EXPECT_EQ(files(), 1u);
}

/// The same limit met as an error: a full disk.
TEST_F(Crash, AFullDiskIsAnErrorAndLeavesNothing) {
    const auto before = read(path_);
    const auto status = end_of(fork_and([&] {
        std::signal(SIGXFSZ, SIG_IGN);
        const rlimit limit{60, 60};
        SystemRandom random;
        auto store = FileKeyStore::open(path_, pass, random, Access::change);
        ::setrlimit(RLIMIT_FSIZE, &limit);
        const auto added = (*store)->add(numbered(1), key);
        return !added && added.error().message.ends_with("cannot be written: File too large") &&
               (*store)->records().empty();
    }));
    EXPECT_EQ(status, 0);
    EXPECT_EQ(read(path_), before);
    EXPECT_EQ(files(), 1u);
}

TEST_F(Crash, KilledAtAnyMomentLeavesTheOldFileOrTheNew) {
    unsigned kept = 0;
    for (unsigned round = 0; round < 12; ++round) {
        int pipe[2];
        ASSERT_EQ(::pipe(pipe), 0);
        const auto child = fork_and([&] {
            ::close(pipe[0]);
            SystemRandom random;
            auto store = FileKeyStore::open(path_, pass, random, Access::change);
            for (unsigned i = kept; i < 0xFF; ++i) {
                const Byte next = static_cast<Byte>(i + 1);
                if (!(*store)->add(numbered(i), key) || ::write(pipe[1], &next, 1) != 1)
                    return false;
            }
            return true;
        });
        ::close(pipe[1]);
        Byte acknowledged = 0;
        for (unsigned i = 0; i <= round; ++i)
            ASSERT_EQ(::read(pipe[0], &acknowledged, 1), 1);
        ::kill(child, SIGKILL);
        EXPECT_TRUE(WIFSIGNALED(end_of(child)));
        while (::read(pipe[0], &acknowledged, 1) == 1) {
        }
        ::close(pipe[0]);
        kept = static_cast<unsigned>(keys());
        // What was acknowledged is there; at most one more, whose acknowledgement did not come.
        EXPECT_TRUE(kept == acknowledged || kept == acknowledged + 1u) << kept << " of " << unsigned{acknowledged};
    }
}

} // namespace
} // namespace tongka::core::test
