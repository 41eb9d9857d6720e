#include "core/output_file.hpp"

#include <cerrno>
#include <cstring>
#include <unistd.h>

#include <fmt/format.h>

namespace tongka::core {

Result<OutputFile> OutputFile::create(const std::filesystem::path& file) {
    if (std::filesystem::is_directory(file))
        return fail(fmt::format("{}: cannot be written: {}", file.string(), std::strerror(EISDIR)));
    auto part = file;
    part += fmt::format(".{}.part", ::getpid());
    std::ofstream stream(part, std::ios::binary | std::ios::trunc);
    if (!stream)
        return fail(fmt::format("{}: cannot be written: {}", file.string(), std::strerror(errno)));
    return OutputFile(file, std::move(part), std::move(stream));
}

OutputFile::OutputFile(std::filesystem::path file, std::filesystem::path part, std::ofstream stream)
    : file_(std::move(file)), part_(std::move(part)), stream_(std::move(stream)) {}

OutputFile::OutputFile(OutputFile&& from) noexcept
    : file_(std::move(from.file_)), part_(std::exchange(from.part_, {})), stream_(std::move(from.stream_)) {}

OutputFile::~OutputFile() {
    if (part_.empty())
        return;
    stream_.close();
    std::error_code ignored;
    std::filesystem::remove(part_, ignored);
}

Result<void> OutputFile::close() {
    stream_.close();
    if (!stream_)
        return fail(fmt::format("{}: cannot be written: the disk is full, or a limit was met", file_.string()));
    return {};
}

Result<void> OutputFile::commit() {
    std::error_code wrong;
    std::filesystem::rename(part_, file_, wrong);
    if (wrong)
        return fail(fmt::format("{}: cannot be written: {}", file_.string(), wrong.message()));
    part_.clear();
    return {};
}

} // namespace tongka::core
