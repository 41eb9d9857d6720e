#include "harness/clearing/record_reader.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/clearing/crc16.hpp"
#include "harness/clearing/encoding.hpp"
#include "harness/clearing/field_codec.hpp"

namespace tongka::harness::clearing {
namespace {

constexpr std::size_t shown_text = 400;

FaultKind kind_of(const Field& field) {
    if (!field.is.empty())
        return FaultKind::constant;
    return field.date ? FaultKind::date : FaultKind::number;
}

core::BytesView bytes_of(std::string_view text) {
    return {reinterpret_cast<const core::Byte*>(text.data()), text.size()};
}

} // namespace

FaultSink keep(std::vector<Fault>& faults) {
    return [&faults](Fault fault) { faults.push_back(std::move(fault)); };
}

std::string Fault::message() const {
    std::string where = line == 0 ? std::string() : fmt::format("line {}", line);
    if (!field.empty())
        where += fmt::format("{}field {}", where.empty() ? "" : ", ", field);
    return where.empty() ? reason : fmt::format("{}: {}", where, reason);
}

core::Result<RecordReader> RecordReader::open(const std::filesystem::path& path, const Layout& layout,
                                              std::uint32_t file) {
    const bool binary = layout.kind == Layout::Kind::binary;
    TONGKA_TRY(auto source, PieceSource::open(path, binary ? layout.record_length : 0));
    RecordReader reader(layout, std::move(source), file);
    TONGKA_CHECK(reader.read_head());
    return reader;
}

RecordReader::RecordReader(const Layout& layout, PieceSource source, std::uint32_t file)
    : layout_(&layout), source_(std::move(source)), file_(file), most_(layout.most_records()) {}

void RecordReader::add(const FaultSink& faults, const Piece& piece, FaultKind kind, std::string field,
                       std::string reason) const {
    const auto text = piece.text.substr(0, shown_text);
    faults({file_, piece.number, piece.offset, std::move(field), std::move(reason), piece.number == record_line_,
            layout_->kind == Layout::Kind::binary ? core::to_hex(bytes_of(text)) : to_utf8(text, layout_->encoding),
            kind});
}

bool RecordReader::check_encoding(const Piece& piece, std::string_view line, const FaultSink& faults) {
    const auto at = first_foreign_byte(line, layout_->encoding);
    if (at == line.npos)
        return true;
    constexpr std::string_view names[] = {"ASCII", "GBK", "UTF-8"};
    add(faults, piece, FaultKind::encoding, {},
        fmt::format("byte {} of the line ({}) is not {}", at + 1, core::to_hex(bytes_of(line.substr(at, 1))),
                    names[static_cast<std::size_t>(layout_->encoding)]));
    return false;
}

bool RecordReader::take_line(const Piece& piece, std::string_view& line, const FaultSink& faults) {
    line = piece.text;
    if (layout_->kind == Layout::Kind::binary) {
        if (!piece.whole)
            add(faults, piece, FaultKind::length, {},
                fmt::format("the file ends within a record: {} bytes of {}", line.size(), layout_->record_length));
        return piece.whole;
    }
    if (piece.too_long) {
        add(faults, piece, FaultKind::length, {}, "the line has more than 65,536 characters");
        return false;
    }
    const bool wants_return = layout_->line_end == "\r\n";
    const bool has_return = line.ends_with('\r');
    if (has_return)
        line.remove_suffix(1);
    if (!piece.whole) {
        add(faults, piece, FaultKind::line_end, {}, "the file ends within a line: it was cut off");
        return false;
    }
    if (has_return != wants_return) {
        add(faults, piece, FaultKind::line_end, {},
            wants_return ? "the line ends in LF alone, not in CR LF" : "the line ends in CR LF, not in LF");
        return false;
    }
    return true;
}

bool RecordReader::take_header_line(const Line& expected, const Piece& piece, const FaultSink& faults) {
    std::string_view line;
    if (!take_line(piece, line, faults) || !check_encoding(piece, line, faults))
        return false;
    if (line.size() < expected.width || (expected.fixed && line.size() != expected.width)) {
        add(faults, piece, FaultKind::length, {},
            fmt::format("a header line has {} characters, this one {}", expected.width, line.size()));
        return false;
    }
    for (const Field& field : expected.fields) {
        const auto text = text_of(field, line);
        head_.emplace_back(field.name, to_utf8(text, layout_->encoding));
        if (auto fault = fault_of(field, text); !fault.empty()) {
            add(faults, piece, kind_of(field), field.name, std::move(fault));
            continue;
        }
        const auto number = number_of(field, text);
        if (field.holds == Holds::count)
            counts_.push_back({number, piece, field.name});
        if (field.holds == Holds::sum)
            sums_.push_back({number, piece, field.name});
        if (field.holds == Holds::record_length && number != layout_->record_length)
            add(faults, piece, FaultKind::record_length, field.name,
                fmt::format("records of {}, and the layout {} has {}", number, layout_->name, layout_->record_length));
        if (field.holds == Holds::city) {
            const auto name = read_file_name(*layout_, source_.path().filename().native());
            if (name && !name->city.empty() && name->city != text)
                add(faults, piece, FaultKind::city, field.name,
                    fmt::format("city {}, and the file's name says {}", text, name->city));
        }
    }
    return true;
}

std::optional<std::array<core::Byte, 2>> RecordReader::city() const {
    for (const Line& line : layout_->head) {
        for (const Field& field : line.fields) {
            const auto told = std::ranges::find(head_, field.name, &std::pair<std::string, std::string>::first);
            if (field.holds != Holds::city || told == head_.end())
                continue;
            const auto code = core::from_hex(told->second.substr(0, 4));
            if (code && code->size() == 2)
                return std::array{(*code)[0], (*code)[1]};
        }
    }
    return std::nullopt;
}

void RecordReader::check_name() {
    const auto name = source_.path().filename().native();
    if (!layout_->file_name.empty() && !read_file_name(*layout_, name))
        pending_.push_back({file_,
                            0,
                            0,
                            {},
                            fmt::format("the name is not that of a file {}", layout_->name),
                            false,
                            {},
                            FaultKind::name});
}

core::Result<void> RecordReader::read_head() {
    check_name();
    Piece piece;
    for (const Line& line : layout_->head) {
        TONGKA_TRY(const bool there, source_.next(piece));
        if (!there) {
            pending_.push_back({file_, 0, 0, {}, "the file ends before its header does"});
            ended_ = true;
            return {};
        }
        take_header_line(line, piece, keep(pending_));
    }
    if (layout_->kind != Layout::Kind::csv)
        return {};
    TONGKA_TRY(const bool there, source_.next(piece));
    std::string_view line;
    if (!there || !take_line(piece, line, keep(pending_)))
        return {};
    while (true) {
        const auto comma = line.find(',');
        const auto name = line.substr(0, comma);
        const Field* field = layout_->record.find(name);
        if (!field)
            add(keep(pending_), piece, FaultKind::file, std::string(name), "is no column of this layout");
        columns_.push_back(field);
        if (comma == line.npos)
            break;
        line.remove_prefix(comma + 1);
    }
    return {};
}

bool RecordReader::is_tail(std::string_view line) const {
    if (tail_line_ >= layout_->tail.size())
        return false;
    const Field& first = layout_->tail[tail_line_].fields[0];
    return !first.is.empty() && line.starts_with(first.is);
}

void RecordReader::check_end(const FaultSink& faults) {
    const auto fault = [&](const Told& told, FaultKind kind, std::string reason) {
        faults({file_, told.place.number, told.place.offset, told.field, std::move(reason), false, {}, kind});
    };
    for (const Told& told : counts_)
        if (told.value != records_)
            fault(told, FaultKind::count, fmt::format("{} records are told, and {} are there", told.value, records_));
    for (const Told& told : sums_)
        if (sum_is_known_ && told.value != sum_)
            fault(told, FaultKind::sum, fmt::format("a sum of {} is told, and it is {}", told.value, sum_));
    if (tail_line_ < layout_->tail.size())
        faults({file_, 0, 0, {}, "the file has no end mark: it was cut off"});
}

core::Result<bool> RecordReader::read_raw(RawRecord& into, const FaultSink& faults) {
    std::ranges::for_each(pending_, faults);
    pending_.clear();
    Piece piece;
    while (!ended_) {
        TONGKA_TRY(const bool there, source_.next(piece));
        if (!there) {
            ended_ = true;
            check_end(faults);
            break;
        }
        if (is_tail(piece.text)) {
            take_header_line(layout_->tail[tail_line_++], piece, faults);
            continue;
        }
        ++records_;
        record_line_ = piece.number;
        std::string_view line;
        bool good = take_line(piece, line, faults);
        const Line& record = layout_->record;
        const bool sized = layout_->kind == Layout::Kind::csv || (record.fixed && layout_->crc16) ||
                           (record.fixed ? line.size() == record.width : line.size() >= record.width);
        if (good && tail_line_ > 0) {
            add(faults, piece, FaultKind::file, {}, "a line behind the end mark");
            good = false;
        } else if (good && records_ > most_) {
            add(faults, piece, FaultKind::too_many, {},
                fmt::format("a file of layout {} holds {} records at most", layout_->name, most_));
            good = false;
        } else if (good && !sized) {
            add(faults, piece, FaultKind::length, {},
                fmt::format("a record has {} characters, this one {}", record.width, line.size()));
            good = false;
        } else if (good && layout_->crc16) {
            const auto stored = static_cast<std::uint16_t>(static_cast<unsigned char>(line[record.width]) |
                                                           static_cast<unsigned char>(line[record.width + 1]) << 8);
            line = line.substr(0, record.width);
            if (crc16(bytes_of(line)) != stored) {
                add(faults, piece, FaultKind::crc, "crc",
                    fmt::format("the CRC is {:04X}, and must be {:04X}", stored, crc16(bytes_of(line))));
                good = false;
            }
        }
        if (good && layout_->kind != Layout::Kind::binary)
            good = check_encoding(piece, line, faults);
        if (!good) {
            sum_is_known_ = false;
            continue;
        }
        into = {piece.number, piece.offset, line};
        return true;
    }
    return false;
}

bool RecordReader::decode_csv(const Piece& piece, std::string_view line, Transaction& into,
                              const FaultSink& faults) const {
    if (columns_.empty()) {
        add(faults, piece, FaultKind::file, {}, "the first line of the file, which names the columns, cannot be read");
        return false;
    }
    for (std::size_t at = 0;; ++at) {
        const auto comma = line.find(',');
        const bool last = comma == line.npos;
        if (last != (at + 1 == columns_.size())) {
            add(faults, piece, FaultKind::length, {},
                fmt::format("the line has {} columns than the first", last ? "fewer" : "more"));
            return false;
        }
        if (const Field* column = columns_[at]) {
            Line one;
            one.fields.push_back(*column);
            one.fields[0].offset = 0;
            one.fields[0].width = std::min(line.size(), comma);
            if (one.fields[0].width > column->width || (one.fields[0].width > 0 && decode(one, line, into))) {
                add(faults, piece, FaultKind::number, column->name,
                    fmt::format("'{}' cannot stand there", line.substr(0, comma)));
                return false;
            }
        }
        if (last)
            return true;
        line.remove_prefix(comma + 1);
    }
}

core::Result<bool> RecordReader::read(RawRecord& raw, Transaction& into, const FaultSink& faults) {
    while (true) {
        TONGKA_TRY(const bool there, read_raw(raw, faults));
        if (!there)
            return false;
        into = {};
        into.file = file_;
        into.line = raw.line;
        const Piece piece{raw.text, raw.offset, raw.line, true, false};
        if (layout_->kind == Layout::Kind::csv) {
            if (decode_csv(piece, raw.text, into, faults))
                break;
        } else if (const Field* wrong = decode(layout_->record, raw.text, into)) {
            const auto text = text_of(*wrong, raw.text);
            auto reason = fault_of(*wrong, text);
            add(faults, piece, kind_of(*wrong), wrong->name,
                reason.empty() ? fmt::format("'{}' is too large", to_utf8(text, layout_->encoding))
                               : std::move(reason));
        } else {
            break;
        }
        sum_is_known_ = false;
    }
    sum_ += into.amount;
    return true;
}

core::Result<bool> RecordReader::read(std::vector<Transaction>& into, const FaultSink& faults, std::size_t most) {
    RawRecord raw;
    for (std::size_t count = 0; count < most; ++count) {
        TONGKA_TRY(const bool there, read(raw, into.emplace_back(), faults));
        if (!there) {
            into.pop_back();
            return false;
        }
    }
    return true;
}

} // namespace tongka::harness::clearing
