#include "harness/run/record_writer.hpp"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "core/hex.hpp"

namespace tongka::harness {

core::Result<RecordWriter> RecordWriter::create(const std::filesystem::path& path) {
    std::FILE* file = std::fopen(path.c_str(), "wxb");
    if (!file)
        return core::fail(
            fmt::format("{}: {}", path.string(),
                        errno == EEXIST ? "there is a record already; choose another folder" : std::strerror(errno)));
    return RecordWriter(path, file);
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
    failed_ |= std::fwrite(line.data(), 1, line.size(), file_.get()) != line.size();
}

core::Result<void> RecordWriter::flush() {
    if (!keeps())
        return {};
    failed_ |= std::fflush(file_.get()) != 0;
    if (failed_)
        return core::fail(fmt::format("{}: cannot be written: {}", path_.string(), std::strerror(errno)));
    return {};
}

} // namespace tongka::harness
