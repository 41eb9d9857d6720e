#pragma once

#include <chrono>
#include <mutex>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "harness/run/run.hpp"

namespace tongka::cli {

/// What runs show of themselves on standard error while they go: on a terminal a bar for each, and failures above them
/// as they come; in a pipe plain lines of failures and of runs that begin and end, and of a single run nothing. Runs
/// may tell of themselves from several threads.
class Progress {
public:
    Progress(std::vector<std::string> names, bool on_terminal, core::Language language);
    ~Progress();
    Progress(const Progress&) = delete;
    Progress& operator=(const Progress&) = delete;

    void begin(std::size_t run);
    /// `done` of `all` cases, the last of them with this result.
    void advance(std::size_t run, std::size_t done, std::size_t all, const harness::Case& test_case,
                 const harness::CaseResult& result);
    void end(std::size_t run, const std::string& outcome);

private:
    struct Bar {
        std::string name;
        std::size_t done = 0, all = 0, failed = 0;
        std::string last; ///< the case that ended last
        bool runs = false;
        bool ended = false;
    };

    void say(const std::string& line);
    void draw();
    void wipe();
    [[nodiscard]] std::string text_of(const Bar& bar, std::size_t width) const;

    std::mutex mutex_;
    std::vector<Bar> bars_;
    bool on_terminal_;
    core::Language language_;
    std::size_t drawn_ = 0; ///< lines of bars that stand on the terminal
    std::chrono::steady_clock::time_point last_draw_{};
};

} // namespace tongka::cli
