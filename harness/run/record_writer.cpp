#include "harness/run/record_writer.hpp"

#include <cerrno>
#include <cstring>
#include <sys/file.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/hex.hpp"

namespace tongka::harness {

RecordWriter::RecordWriter(std::filesystem::path path, std::FILE* file)
    : path_(std::move(path)), file_(file), syncer_(file ? std::make_unique<FileSyncer>(fileno(file)) : nullptr) {}

core::Result<RecordWriter> RecordWriter::create(const std::filesystem::path& path) {
    std::FILE* file = std::fopen(path.c_str(), "wxbe");
    if (!file)
        return core::fail(fmt::format("{}: {}", path.string(),
                                      errno == EEXIST ? "there is a record already; choose another folder, or go on "
                                                        "with it (--resume)"
                                                      : std::strerror(errno)));
    RecordWriter writer(path, file);
    TONGKA_CHECK(writer.lock());
    return writer;
}

core::Result<RecordWriter> RecordWriter::go_on(const std::filesystem::path& path, const RecordEnd& end) {
    std::FILE* file = std::fopen(path.c_str(), "r+be");
    if (!file)
        return core::fail(fmt::format("{}: {}", path.string(), std::strerror(errno)));
    RecordWriter writer(path, file);
    TONGKA_CHECK(writer.lock());
    if (ftruncate(fileno(file), static_cast<off_t>(end.size)) != 0 || std::fseek(file, 0, SEEK_END) != 0)
        return core::fail(writer.failure(errno));
    if (end.without_feed)
        std::fputc('\n', file);
    writer.previous_ = end.last_sha256;
    return writer;
}

core::Result<void> RecordWriter::lock() {
    if (flock(fileno(file_.get()), LOCK_EX | LOCK_NB) == 0)
        return {};
    if (errno == EWOULDBLOCK)
        return core::fail(fmt::format("{}: a run is still writing it", path_.string()));
    return core::fail(failure(errno));
}

core::Error RecordWriter::failure(int code) const {
    return {fmt::format("{}: cannot be written: {}", path_.string(), std::strerror(code))};
}

void RecordWriter::append(const Json& members) {
    if (!keeps())
        return;
    std::string line = members.dump(-1, ' ', false, Json::error_handler_t::replace);
    line.pop_back(); // the closing brace: a member follows
    line += ",\"prev\":\"" + previous_ + "\"}";
    append_line(std::move(line));
}

void RecordWriter::append(JsonLine line) {
    if (!keeps())
        return;
    line.add("prev", previous_);
    append_line(std::move(line).finish());
}

void RecordWriter::append_line(std::string line) {
    hash_.update({reinterpret_cast<const core::Byte*>(line.data()), line.size()});
    previous_ = core::to_hex(hash_.finish());
    line += '\n';
    if (failed_ == 0 && std::fwrite(line.data(), 1, line.size(), file_.get()) != line.size())
        failed_ = errno;
}

core::Result<void> RecordWriter::flush() {
    if (!keeps())
        return {};
    if (failed_ == 0 && std::fflush(file_.get()) != 0)
        failed_ = errno;
    if (failed_ == 0)
        failed_ = syncer_->error();
    if (failed_ != 0)
        return core::fail(failure(failed_));
    syncer_->ask();
    return {};
}

core::Result<void> RecordWriter::sync() {
    TONGKA_CHECK(flush());
    if (keeps())
        failed_ = syncer_->wait();
    if (failed_ != 0)
        return core::fail(failure(failed_));
    return {};
}

} // namespace tongka::harness
