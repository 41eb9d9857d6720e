#include "harness/clearing/record_writer.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/clearing/crc16.hpp"
#include "harness/clearing/field_codec.hpp"

namespace tongka::harness::clearing {
namespace {

constexpr std::size_t block = 1 << 16; // hundreds of files may be open at once

/// Fills a field of a header from the right with the last digits of `value`; a city from the left: `cccc0000`.
void put(const Field& field, std::string_view value, char* into) {
    const auto width = std::min(field.width, value.size());
    if (field.holds == Holds::city)
        std::ranges::copy(value.substr(0, width), into);
    else
        std::ranges::copy(value.substr(value.size() - width), into + field.width - width);
}

} // namespace

core::Result<RecordWriter> RecordWriter::create(const std::filesystem::path& path, const Layout& layout,
                                                const FileName& name) {
    TONGKA_TRY(auto file, core::OutputFile::create(path));
    RecordWriter writer(layout, name, path, std::move(file));
    TONGKA_CHECK(writer.begin());
    return writer;
}

core::Result<RecordWriter> RecordWriter::create_like(const std::filesystem::path& path, const Layout& layout,
                                                     const HeadValues& head) {
    TONGKA_TRY(auto file, core::OutputFile::create(path));
    RecordWriter writer(layout, {}, path, std::move(file));
    writer.head_ = head;
    TONGKA_CHECK(writer.begin());
    return writer;
}

core::Result<void> RecordWriter::begin() {
    TONGKA_TRY(buffer_, special_lines(layout_->head));
    if (layout_->kind == Layout::Kind::csv) {
        for (const Field& field : layout_->record.fields)
            buffer_ += (field.offset == 0 ? "" : ",") + field.name;
        buffer_ += layout_->line_end;
    }
    return {};
}

RecordWriter::RecordWriter(const Layout& layout, FileName name, std::filesystem::path path, core::OutputFile file)
    : layout_(&layout), name_(std::move(name)), path_(std::move(path)), file_(std::move(file)),
      most_(layout.most_records()) {}

core::Result<std::string> RecordWriter::special_lines(const std::vector<Line>& lines) const {
    std::string made;
    const Transaction nothing;
    for (const Line& line : lines) {
        const std::size_t begin = made.size();
        made.resize(begin + line.width);
        for (const Field& field : line.fields) {
            char* into = made.data() + begin + field.offset;
            bool fits = encode(field, nothing, into);
            const auto told = std::ranges::find(head_, field.name, &std::pair<std::string, std::string>::first);
            if (told != head_.end() && told->second.size() == field.width)
                std::ranges::copy(told->second, into);
            switch (field.holds) {
            case Holds::count:
                fits = encode_number(field, records_, into);
                break;
            case Holds::sum:
                fits = encode_number(field, sum_, into);
                break;
            case Holds::record_length:
                fits = encode_number(field, layout_->record_length, into);
                break;
            case Holds::city:
                put(field, name_.city, into);
                break;
            case Holds::date:
                put(field, name_.date, into);
                break;
            case Holds::serial:
                put(field, name_.serial, into);
                break;
            case Holds::industry:
                put(field, name_.industry, into);
                break;
            case Holds::merchant:
                put(field, name_.merchant, into);
                break;
            case Holds::nothing:
                break;
            }
            if (!fits)
                return core::fail(
                    fmt::format("{}: the header's {} has no room for its value", path_.native(), field.name));
        }
        made += layout_->line_end;
    }
    return made;
}

core::Result<void> RecordWriter::flush() {
    file_.stream().write(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    buffer_.clear();
    if (!file_.stream())
        return core::fail(fmt::format("{}: cannot be written: the disk is full, or a limit was met", path_.native()));
    return {};
}

core::Result<void> RecordWriter::write_raw(std::string_view record, std::uint64_t amount) {
    if (records_ == most_)
        return core::fail(
            fmt::format("{}: a file of layout {} holds {} records at most", path_.native(), layout_->name, most_));
    buffer_ += record;
    if (layout_->crc16) {
        const auto crc = crc16({reinterpret_cast<const core::Byte*>(record.data()), record.size()});
        buffer_ += static_cast<char>(crc & 0xFF);
        buffer_ += static_cast<char>(crc >> 8);
    }
    buffer_ += layout_->line_end;
    ++records_;
    sum_ += amount;
    return buffer_.size() < block ? core::Result<void>() : flush();
}

core::Result<void> RecordWriter::write(const Transaction& transaction) {
    if (const Field* narrow = encode(*layout_, transaction, record_))
        return core::fail(
            fmt::format("{}: record {}: '{}' has no room for its value", path_.native(), records_ + 1, narrow->name));
    return write_raw(record_, transaction.amount);
}

core::Result<void> RecordWriter::finish() {
    TONGKA_TRY(const std::string tail, special_lines(layout_->tail));
    buffer_ += tail;
    TONGKA_CHECK(flush());
    TONGKA_TRY(const std::string head, special_lines(layout_->head));
    file_.stream().seekp(0);
    file_.stream().write(head.data(), static_cast<std::streamsize>(head.size()));
    TONGKA_CHECK(file_.close());
    return file_.commit();
}

} // namespace tongka::harness::clearing
