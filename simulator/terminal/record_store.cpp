#include "simulator/terminal/record_store.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

#include <botan/hash.h>
#include <fmt/format.h>

namespace tongka::simulator {
namespace {

constexpr std::size_t crc_size = 9; // a blank and eight digits

std::string crc_of(std::string_view text) {
    const auto crc = Botan::HashFunction::create_or_throw("CRC32");
    crc->update(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
    const auto value = crc->final();
    return fmt::format(" {:02X}{:02X}{:02X}{:02X}", value[0], value[1], value[2], value[3]);
}

core::Error cannot(const std::filesystem::path& path, std::string_view what) {
    return {fmt::format("{}: {}: {}", path.native(), what, std::strerror(errno))};
}

} // namespace

core::Result<RecordStore> RecordStore::open(const std::filesystem::path& path) {
    if (path.empty())
        return RecordStore(path, -1);
    const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_APPEND, 0600);
    if (file < 0)
        return core::fail(cannot(path, "cannot be opened"));
    RecordStore store(path, file);
    struct stat about {};
    if (::fstat(file, &about) != 0 || !S_ISREG(about.st_mode))
        return core::fail(fmt::format("{}: is no file that records can be kept in", path.native()));
    if (::flock(file, LOCK_EX | LOCK_NB) != 0)
        return core::fail(fmt::format("{}: another program has it open", path.native()));
    if (about.st_size == 0) { // its name has to survive a power cut as well
        const auto folder = path.has_parent_path() ? path.parent_path() : std::filesystem::path(".");
        const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        const bool synced = directory >= 0 && ::fsync(directory) == 0;
        if (directory >= 0)
            ::close(directory);
        if (!synced)
            return core::fail(cannot(path, "its folder cannot be written to the disk"));
    }
    TONGKA_CHECK(store.read());
    return store;
}

RecordStore::RecordStore(RecordStore&& from) noexcept
    : path_(std::move(from.path_)), file_(std::exchange(from.file_, -1)), records_(std::move(from.records_)),
      pending_(std::move(from.pending_)), last_(std::move(from.last_)), was_torn_(from.was_torn_) {}

RecordStore::~RecordStore() {
    if (file_ >= 0)
        ::close(file_);
}

core::Result<void> RecordStore::read() {
    std::ifstream stream(path_, std::ios::binary);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    std::size_t begin = 0;
    for (std::size_t number = 1; begin < text.size(); ++number) {
        const auto end = text.find('\n', begin);
        const auto line = std::string_view(text).substr(begin, end - begin);
        const bool whole = end != text.npos && line.size() > crc_size;
        const auto content = line.substr(0, line.size() - std::min(crc_size, line.size()));
        auto record = whole && line.substr(content.size()) == crc_of(content)
                          ? parse_record(content)
                          : core::Result<TerminalRecord>(core::fail("does not fit its CRC"));
        if (!record && end != text.npos && end + 1 < text.size())
            return core::fail(fmt::format("{}:{}: {}", path_.native(), number, record.error().message));
        if (!record) { // the last line: the power went while it was written
            was_torn_ = true;
            if (::ftruncate(file_, static_cast<off_t>(begin)) != 0)
                return core::fail(cannot(path_, "a line that was cut off cannot be removed"));
            break;
        }
        keep(std::move(*record));
        begin = end + 1;
    }
    return {};
}

void RecordStore::keep(TerminalRecord record) {
    const auto& asn = record.purchase.asn;
    if (record.state == TerminalRecord::State::pending)
        pending_[asn] = record.serial;
    else if (const auto open = pending_.find(asn); open != pending_.end() && open->second == record.serial)
        pending_.erase(open);
    if (record.state == TerminalRecord::State::paid)
        last_[asn] = std::max(last_[asn], record.serial);
    const auto at = std::ranges::lower_bound(records_, record.serial, {}, &TerminalRecord::serial);
    if (at == records_.end() || at->serial != record.serial)
        records_.insert(at, std::move(record));
    else
        *at = std::move(record);
}

core::Result<std::uint32_t> RecordStore::put(TerminalRecord record) {
    if (record.serial == 0)
        record.serial = records_.empty() ? 1 : records_.back().serial + 1;
    if (file_ >= 0) {
        std::string line = to_line(record);
        line += crc_of(line) + "\n";
        const off_t before = ::lseek(file_, 0, SEEK_END);
        const bool written = ::write(file_, line.data(), line.size()) == static_cast<ssize_t>(line.size());
        if (!written || ::fdatasync(file_) != 0) {
            const auto error = cannot(path_, "a record cannot be stored");
            if (::ftruncate(file_, before) != 0) // what is left of the line is cut off when it is opened again
                return core::fail(error);
            return core::fail(error);
        }
    }
    const auto serial = record.serial;
    keep(std::move(record));
    return serial;
}

const TerminalRecord& RecordStore::at(std::uint32_t serial) const {
    return *std::ranges::lower_bound(records_, serial, {}, &TerminalRecord::serial);
}

const TerminalRecord* RecordStore::pending(const std::array<core::Byte, 8>& asn) const {
    const auto open = pending_.find(asn);
    return open == pending_.end() ? nullptr : &at(open->second);
}

const TerminalRecord* RecordStore::last(const std::array<core::Byte, 8>& asn) const {
    const auto found = last_.find(asn);
    return found == last_.end() ? nullptr : &at(found->second);
}

} // namespace tongka::simulator
