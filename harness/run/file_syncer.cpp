#include "harness/run/file_syncer.hpp"

#include <cerrno>
#include <unistd.h>

namespace tongka::harness {

FileSyncer::FileSyncer(int descriptor) : descriptor_(descriptor), thread_([this] { serve(); }) {}

FileSyncer::~FileSyncer() {
    {
        const std::lock_guard lock(mutex_);
        leaving_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void FileSyncer::ask() {
    {
        const std::lock_guard lock(mutex_);
        ++asked_;
    }
    changed_.notify_all();
}

int FileSyncer::wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return done_ == asked_ || error_ != 0; });
    return error_;
}

int FileSyncer::error() {
    const std::lock_guard lock(mutex_);
    return error_;
}

void FileSyncer::serve() {
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [&] { return done_ != asked_ || leaving_; });
        if (done_ == asked_ || error_ != 0)
            return;
        const auto upto = asked_;
        lock.unlock();
        // A pipe or a device file has no disk behind it.
        const int failed = fdatasync(descriptor_) != 0 && errno != EINVAL && errno != EROFS ? errno : 0;
        lock.lock();
        error_ = failed;
        done_ = upto;
        changed_.notify_all();
    }
}

} // namespace tongka::harness
