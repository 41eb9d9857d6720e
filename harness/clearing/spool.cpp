#include "harness/clearing/spool.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace tongka::harness::clearing {
namespace {

core::Error disk_error(const std::filesystem::path& folder) {
    return {fmt::format("{}: no room for what does not fit into memory: {}", folder.native(), std::strerror(errno))};
}

} // namespace

core::Result<int> unnamed_file(const std::filesystem::path& folder) {
    const int file = ::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
    if (file >= 0)
        return file;
    std::string name = (folder / "spool-XXXXXX").native(); // a file system without O_TMPFILE
    const int named = ::mkostemp(name.data(), O_CLOEXEC);
    if (named < 0)
        return core::fail(disk_error(folder));
    ::unlink(name.c_str());
    return named;
}

core::Result<void> write_all(int file, const void* data, std::size_t size, std::uint64_t offset,
                             const std::filesystem::path& folder) {
    const char* from = static_cast<const char*>(data);
    while (size > 0) {
        const ssize_t done = ::pwrite(file, from, size, static_cast<off_t>(offset));
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return core::fail(disk_error(folder));
        from += done;
        offset += static_cast<std::uint64_t>(done);
        size -= static_cast<std::size_t>(done);
    }
    return {};
}

core::Result<Spool> Spool::create(const std::filesystem::path& folder, std::size_t count) {
    Spool spool(folder, {});
    for (std::size_t made = 0; made < count; ++made) {
        TONGKA_TRY(const int file, unnamed_file(folder));
        spool.files_.push_back({file, 0});
    }
    return spool;
}

Spool::~Spool() {
    for (const File& file : files_)
        ::close(file.descriptor);
}

std::size_t Spool::partition_of(const Transaction& transaction) const {
    std::uint64_t card = 0;
    std::memcpy(&card, transaction.asn.data(), sizeof card);
    card = (card ^ card >> 32) * 0x9E3779B97F4A7C15; // Fibonacci hashing: serial numbers follow one another
    return static_cast<std::size_t>((card >> 32) % files_.size());
}

core::Result<void> Spool::add(std::size_t partition, std::span<const Transaction> transactions) {
    File& file = files_[partition];
    std::uint64_t offset = 0;
    {
        const std::lock_guard lock(*mutex_);
        offset = file.records * sizeof(Transaction);
        file.records += transactions.size();
    }
    return write_all(file.descriptor, transactions.data(), transactions.size_bytes(), offset, folder_);
}

core::Result<std::vector<Transaction>> Spool::load(std::size_t partition) const {
    const File& file = files_[partition];
    std::vector<Transaction> all(file.records);
    char* into = reinterpret_cast<char*>(all.data());
    std::size_t left = all.size() * sizeof(Transaction);
    std::uint64_t offset = 0;
    while (left > 0) {
        const ssize_t got = ::pread(file.descriptor, into + offset, left, static_cast<off_t>(offset));
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return core::fail(disk_error(folder_));
        offset += static_cast<std::uint64_t>(got);
        left -= static_cast<std::size_t>(got);
    }
    return all;
}

core::Result<void> SpoolWriter::add(const Transaction& transaction) {
    const std::size_t partition = spool_->partition_of(transaction);
    auto& buffer = buffers_[partition];
    buffer.push_back(transaction);
    if (buffer.size() < full)
        return {};
    TONGKA_CHECK(spool_->add(partition, buffer));
    buffer.clear();
    return {};
}

core::Result<void> SpoolWriter::flush() {
    for (std::size_t partition = 0; partition < buffers_.size(); ++partition) {
        TONGKA_CHECK(spool_->add(partition, buffers_[partition]));
        buffers_[partition].clear();
    }
    return {};
}

} // namespace tongka::harness::clearing
