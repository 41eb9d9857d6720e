#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>

#include "core/result.hpp"

namespace tongka::harness::clearing {

/// Runs `work` in as many threads as there are jobs, this one among them; `stop` is set once one of them has failed.
/// The first Error is returned.
[[nodiscard]] core::Result<void> in_parallel(unsigned jobs,
                                             const std::function<core::Result<void>(std::atomic<bool>& stop)>& work);

/// Lets workers, who took pieces in the order of their numbers, put out what became of them in that order.
class Turns {
public:
    /// Until all pieces before this one are put out; false once one of them has failed and none will be any more.
    [[nodiscard]] bool wait_for(std::size_t piece);
    /// The piece whose turn it is has been put out.
    void next();
    void fail();

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::size_t now_ = 0;
    bool failed_ = false;
};

} // namespace tongka::harness::clearing
