#include <csignal>
#include <fstream>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "cli/settle/output_folder.hpp"

namespace tongka::cli {
namespace {

namespace fs = std::filesystem;

class OutputFolderTest : public testing::Test {
protected:
    OutputFolderTest() {
        std::string name = (fs::temp_directory_path() / "tongka-output-XXXXXX").native();
        scratch_ = ::mkdtemp(name.data());
    }
    ~OutputFolderTest() override {
        std::error_code ignored;
        fs::remove_all(scratch_, ignored);
    }

    static void write(const fs::path& file) { std::ofstream(file) << "x"; }

    /// Runs `work` in a process of its own; what it ended with.
    template <typename Work>
    static int status_of(Work work) {
        const pid_t child = ::fork();
        if (child == 0) {
            work();
            ::_exit(99);
        }
        int status = 0;
        ::waitpid(child, &status, 0);
        return status;
    }

    fs::path scratch_;
};

TEST_F(OutputFolderTest, FilesAppearTogether) {
    {
        auto folder = OutputFolder::create(scratch_ / "out").value();
        fs::create_directory(folder.path() / "accepted");
        write(folder.path() / "accepted" / "a");
        write(folder.path() / "b");
        EXPECT_FALSE(fs::exists(scratch_ / "out" / "b"));
        ASSERT_TRUE(folder.commit());
    }
    EXPECT_TRUE(fs::exists(scratch_ / "out" / "accepted" / "a"));
    EXPECT_EQ(std::distance(fs::directory_iterator(scratch_ / "out"), {}), 2);
}

TEST_F(OutputFolderTest, NothingIsLeftWithoutCommit) {
    { write(OutputFolder::create(scratch_ / "out").value().path() / "a"); }
    EXPECT_FALSE(fs::exists(scratch_ / "out"));
    fs::create_directory(scratch_ / "empty");
    { write(OutputFolder::create(scratch_ / "empty").value().path() / "a"); }
    EXPECT_TRUE(fs::is_empty(scratch_ / "empty"));
}

TEST_F(OutputFolderTest, ResultsOfAnotherRunAreNotMixedIn) {
    write(scratch_ / "old");
    const auto refused = OutputFolder::create(scratch_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, scratch_.native() + ": must be a folder without files");
    EXPECT_FALSE(must_be_free(scratch_ / "old"));
}

TEST_F(OutputFolderTest, NothingIsLeftWhenASignalEndsTheProgram) {
    const int status = status_of([&] {
        auto folder = OutputFolder::create(scratch_ / "out");
        write(folder->path() / "a");
        ::kill(::getpid(), SIGINT);
        for (;;)
            ::pause();
    });
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGINT) << status;
    EXPECT_FALSE(fs::exists(scratch_ / "out"));
}

TEST_F(OutputFolderTest, ASignalThatIsIgnoredEndsNothing) {
    const int status = status_of([&] {
        ::signal(SIGHUP, SIG_IGN);
        auto folder = OutputFolder::create(scratch_ / "out").value();
        write(folder.path() / "a");
        ::kill(::getpid(), SIGHUP);
        ::_exit(folder.commit() ? 7 : 8);
    });
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 7) << status;
    EXPECT_TRUE(fs::exists(scratch_ / "out" / "a"));
}

} // namespace
} // namespace tongka::cli
