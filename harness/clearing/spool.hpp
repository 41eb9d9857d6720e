#pragma once

#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "harness/clearing/transaction.hpp"

namespace tongka::harness::clearing {

/// A folder for what does not fit into memory; it is gone with the object, and when SIGINT or SIGTERM ends the program
/// its files are unlinked already: they have no name from the moment they are made.
class Spool {
public:
    /// `count` partitions in unnamed files below `folder`.
    [[nodiscard]] static core::Result<Spool> create(const std::filesystem::path& folder, std::size_t count);
    Spool(Spool&& from) noexcept = default;
    ~Spool();

    /// Where the transactions of a card go.
    [[nodiscard]] std::size_t partition_of(const Transaction& transaction) const;
    [[nodiscard]] std::size_t partitions() const { return files_.size(); }

    /// Adds to a partition; safe for several threads.
    [[nodiscard]] core::Result<void> add(std::size_t partition, std::span<const Transaction> transactions);

    [[nodiscard]] core::Result<std::vector<Transaction>> load(std::size_t partition) const;

private:
    struct File {
        int descriptor = -1;
        std::size_t records = 0;
    };
    Spool(std::filesystem::path folder, std::vector<File> files)
        : folder_(std::move(folder)), files_(std::move(files)), mutex_(std::make_unique<std::mutex>()) {}

    std::filesystem::path folder_;
    std::vector<File> files_;
    std::unique_ptr<std::mutex> mutex_;
};

/// One worker's way into a Spool, with a buffer for each partition.
class SpoolWriter {
public:
    explicit SpoolWriter(Spool& spool) : spool_(&spool), buffers_(spool.partitions()) {}

    [[nodiscard]] core::Result<void> add(const Transaction& transaction);
    [[nodiscard]] core::Result<void> flush();

private:
    static constexpr std::size_t full = 128; ///< transactions

    Spool* spool_;
    std::vector<std::vector<Transaction>> buffers_;
};

/// An unnamed file below `folder`, for reading and writing: its descriptor.
[[nodiscard]] core::Result<int> unnamed_file(const std::filesystem::path& folder);

/// Writes all of it at the end of the file, or at `offset`.
[[nodiscard]] core::Result<void> write_all(int file, const void* data, std::size_t size, std::uint64_t offset,
                                           const std::filesystem::path& folder);

} // namespace tongka::harness::clearing
