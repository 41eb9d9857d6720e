#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <thread>

namespace tongka::harness {

/// Brings what was written to a file to the disk, beside the work: asking costs nothing, and several askings that come
/// while the disk is busy are served at once.
class FileSyncer {
public:
    /// `descriptor` stays open for as long as this lives.
    explicit FileSyncer(int descriptor);
    /// Serves what was asked for last.
    ~FileSyncer();
    FileSyncer(const FileSyncer&) = delete;
    FileSyncer& operator=(const FileSyncer&) = delete;

    /// All that has been written up to now shall come to the disk.
    void ask();
    /// Until all that was asked for is there. The errno of a disk that failed, now or earlier, or 0.
    [[nodiscard]] int wait();
    [[nodiscard]] int error();

private:
    void serve();

    int descriptor_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::uint64_t asked_ = 0;
    std::uint64_t done_ = 0;
    int error_ = 0;
    bool leaving_ = false;
    std::thread thread_;
};

} // namespace tongka::harness
