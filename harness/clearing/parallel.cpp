#include "harness/clearing/parallel.hpp"

#include <thread>
#include <vector>

namespace tongka::harness::clearing {

core::Result<void> in_parallel(unsigned jobs, const std::function<core::Result<void>(std::atomic<bool>& stop)>& work) {
    std::atomic<bool> stop = false;
    std::mutex mutex;
    core::Result<void> outcome;
    const auto run = [&] {
        if (auto done = work(stop); !done) {
            stop = true;
            const std::lock_guard lock(mutex);
            if (outcome)
                outcome = std::move(done);
        }
    };
    std::vector<std::jthread> others;
    for (unsigned job = 1; job < jobs; ++job)
        others.emplace_back(run);
    run();
    others.clear();
    return outcome;
}

bool Turns::wait_for(std::size_t piece) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return failed_ || now_ == piece; });
    return !failed_;
}

void Turns::next() {
    const std::lock_guard lock(mutex_);
    ++now_;
    changed_.notify_all();
}

void Turns::fail() {
    const std::lock_guard lock(mutex_);
    failed_ = true;
    changed_.notify_all();
}

} // namespace tongka::harness::clearing
