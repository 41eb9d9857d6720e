#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "simulator/terminal/terminal_record.hpp"

namespace tongka::simulator {

/// The memory of a terminal: a journal of lines, each a record and its CRC-32. A record that changes is written once
/// more. When put() returns, it is on the disk; a line that a power cut left half is cut off when the journal is opened
/// again, and told.
class RecordStore {
public:
    /// Opens the journal, or makes it. An Error with file and line where a line is damaged that is not the last, or
    /// another program has it open. An empty path: in memory alone.
    [[nodiscard]] static core::Result<RecordStore> open(const std::filesystem::path& path);
    RecordStore(RecordStore&& from) noexcept;
    RecordStore& operator=(RecordStore&&) = delete;
    ~RecordStore();

    /// In the order of their serials, as they are now.
    [[nodiscard]] const std::vector<TerminalRecord>& records() const { return records_; }

    /// A record without serial (0) gets the next; one with a serial replaces what stood under it. The serial.
    [[nodiscard]] core::Result<std::uint32_t> put(TerminalRecord record);

    /// The card's purchase of which nobody knows whether it was paid; null where there is none.
    [[nodiscard]] const TerminalRecord* pending(const std::array<core::Byte, 8>& asn) const;

    /// The card's last record that is paid; null where there is none.
    [[nodiscard]] const TerminalRecord* last(const std::array<core::Byte, 8>& asn) const;

    /// Whether opening found a line that was cut off.
    [[nodiscard]] bool was_torn() const { return was_torn_; }

private:
    RecordStore(std::filesystem::path path, int file) : path_(std::move(path)), file_(file) {}
    [[nodiscard]] core::Result<void> read();
    void keep(TerminalRecord record);
    [[nodiscard]] const TerminalRecord& at(std::uint32_t serial) const;

    std::filesystem::path path_;
    int file_; ///< -1: in memory alone
    std::vector<TerminalRecord> records_;
    std::map<std::array<core::Byte, 8>, std::uint32_t> pending_; ///< card → serial
    std::map<std::array<core::Byte, 8>, std::uint32_t> last_;
    bool was_torn_ = false;
};

} // namespace tongka::simulator
