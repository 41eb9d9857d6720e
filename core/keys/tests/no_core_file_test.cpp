#include <csignal>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <gtest/gtest.h>

#include "core/keys/no_core_file.hpp"

namespace tongka::core::test {
namespace {

TEST(NoCoreFile, HoldsForGood) {
    const pid_t child = ::fork();
    if (child == 0) {
        rlimit limit{1, 1};
        const bool forbidden = forbid_core_files().has_value() && ::getrlimit(RLIMIT_CORE, &limit) == 0 &&
                               limit.rlim_cur == 0 && limit.rlim_max == 0 && ::prctl(PR_GET_DUMPABLE) == 0;
        if (!forbidden)
            ::_exit(1);
        std::signal(SIGABRT, SIG_DFL);
        ::abort();
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status));
    EXPECT_FALSE(WCOREDUMP(status));
}

} // namespace
} // namespace tongka::core::test
