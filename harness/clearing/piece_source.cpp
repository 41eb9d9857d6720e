#include "harness/clearing/piece_source.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>
#include <utility>

#include <fmt/format.h>

namespace tongka::harness::clearing {

core::Result<PieceSource> PieceSource::open(const std::filesystem::path& path, std::size_t record_size) {
    std::error_code ignored;
    if (std::filesystem::is_directory(path, ignored))
        return core::fail(fmt::format("{}: is a folder, not a file", path.native()));
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return core::fail(fmt::format("{}: cannot be read: {}", path.native(), std::strerror(errno)));
    ::posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
    return PieceSource(path, file, record_size);
}

PieceSource::PieceSource(std::filesystem::path path, int file, std::size_t record_size)
    : path_(std::move(path)), file_(file), record_size_(record_size),
      buffer_(std::make_unique_for_overwrite<char[]>(block)) {}

PieceSource::PieceSource(PieceSource&& from) noexcept
    : path_(std::move(from.path_)), file_(std::exchange(from.file_, -1)), record_size_(from.record_size_),
      buffer_(std::move(from.buffer_)), begin_(from.begin_), end_(from.end_), offset_(from.offset_),
      number_(from.number_), ended_(from.ended_), skipping_(from.skipping_) {}

PieceSource::~PieceSource() {
    if (file_ >= 0)
        ::close(file_);
}

core::Result<void> PieceSource::fill() {
    std::memmove(buffer_.get(), buffer_.get() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    while (end_ < block && !ended_) {
        const ssize_t got = ::read(file_, buffer_.get() + end_, block - end_);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return core::fail(
                fmt::format("{}: cannot be read at byte {}: {}", path_.native(), offset_ + end_, std::strerror(errno)));
        ended_ = got == 0;
        end_ += static_cast<std::size_t>(got);
    }
    return {};
}

void PieceSource::take(Piece& into, std::size_t size, std::size_t with_end) {
    into.text = {buffer_.get() + begin_, size};
    into.offset = offset_;
    into.number = ++number_;
    begin_ += with_end;
    offset_ += with_end;
}

core::Result<bool> PieceSource::next(Piece& into) {
    into.too_long = false;
    const auto line_end = [&] {
        return static_cast<const char*>(std::memchr(buffer_.get() + begin_, '\n', end_ - begin_));
    };
    if (record_size_ > 0) {
        if (end_ - begin_ < record_size_)
            TONGKA_CHECK(fill());
        const std::size_t size = std::min(record_size_, end_ - begin_);
        into.whole = size == record_size_;
        if (size > 0)
            take(into, size, size);
        return size > 0;
    }
    TONGKA_CHECK(skip_rest_of_line());
    const char* end = line_end();
    if (!end && !ended_) {
        TONGKA_CHECK(fill());
        end = line_end();
    }
    if (begin_ == end_)
        return false;
    const std::size_t size = end ? static_cast<std::size_t>(end - buffer_.get()) - begin_ : end_ - begin_;
    into.whole = end != nullptr;
    into.too_long = size > longest_line;
    if (end || ended_) {
        take(into, size, size + (end ? 1 : 0));
        return true;
    }
    take(into, longest_line, end_ - begin_); // longer than a block
    skipping_ = true;
    return true;
}

core::Result<void> PieceSource::skip_rest_of_line() {
    while (skipping_) {
        const auto* end = static_cast<const char*>(std::memchr(buffer_.get() + begin_, '\n', end_ - begin_));
        const std::size_t size = end ? static_cast<std::size_t>(end - buffer_.get()) - begin_ + 1 : end_ - begin_;
        begin_ += size;
        offset_ += size;
        skipping_ = !end && !ended_;
        if (skipping_)
            TONGKA_CHECK(fill());
    }
    return {};
}

} // namespace tongka::harness::clearing
