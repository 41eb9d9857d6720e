#include "harness/clearing/results.hpp"

#include <filesystem>
#include <optional>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "core/hex.hpp"
#include "core/output_file.hpp"
#include "harness/clearing/encoding.hpp"
#include "harness/clearing/field_codec.hpp"
#include "harness/clearing/judged_reader.hpp"
#include "harness/clearing/labels.hpp"
#include "harness/clearing/parallel.hpp"
#include "harness/clearing/record_writer.hpp"
#include "harness/clearing/same_content.hpp"

namespace tongka::harness::clearing {
namespace {

/// A value of a CSV file (RFC 4180).
std::string csv_value(std::string_view text) {
    if (text.find_first_of(",\"\r\n") == text.npos)
        return std::string(text);
    std::string made = "\"";
    for (const char c : text)
        made += c == '"' ? std::string("\"\"") : std::string(1, c);
    return made + '"';
}

/// Bytes of Rows that wait for the turn of their file.
constexpr std::size_t most_in_memory = 1 << 20;

/// What there is to tell of one file, until its turn has come.
struct Rows {
    std::string name; ///< the file's, as a value of CSV
    std::string set_aside = {};
    std::string file_faults = {};
    std::string notices = {};
    Results counts = {};

    [[nodiscard]] std::size_t size() const { return set_aside.size() + file_faults.size() + notices.size(); }
};

template <typename... Args>
void add(std::string& rows, fmt::format_string<Args...> format, Args&&... args) {
    fmt::format_to(std::back_inserter(rows), format, std::forward<Args>(args)...);
}

class Writer {
public:
    Writer(const std::vector<std::filesystem::path>& files, const Layout& layout, const Findings& findings,
           const std::filesystem::path& folder)
        : files_(files), labels_(labels(files)), layout_(layout), findings_(findings), folder_(folder) {}

    core::Result<Results> run(unsigned jobs);

private:
    core::Result<void> open(std::optional<core::OutputFile>& file, const char* name, std::string_view columns);
    core::Result<void> write_file(std::uint32_t file);
    core::Result<void> write_records(std::uint32_t file, Rows& rows);
    /// Of a file that is clean.
    core::Result<void> copy_file(std::uint32_t file, Rows& rows);
    void write_fault(const Fault& fault, Rows& rows);
    void write_notices(const JudgedRecord& record, Rows& rows);
    /// When it is the file's turn; then nothing is left in `rows`.
    void put_out(std::uint32_t file, Rows& rows);
    core::Result<void> write_twice();
    core::Result<void> write_totals();
    std::string shown(std::string_view record) const;

    const std::vector<std::filesystem::path>& files_;
    std::vector<std::string> labels_;
    const Layout& layout_;
    const Findings& findings_;
    const std::filesystem::path& folder_;
    Turns turns_;
    std::optional<core::OutputFile> set_aside_;
    std::optional<core::OutputFile> file_faults_;
    std::optional<core::OutputFile> notices_;
    std::optional<core::OutputFile> totals_;
    Results results_;
};

core::Result<void> Writer::open(std::optional<core::OutputFile>& file, const char* name, std::string_view columns) {
    TONGKA_TRY(auto made, core::OutputFile::create(folder_ / name));
    file.emplace(std::move(made));
    fmt::print(file->stream(), "{}\n", columns);
    return {};
}

std::string Writer::shown(std::string_view record) const {
    if (layout_.kind == Layout::Kind::binary)
        return core::to_hex({reinterpret_cast<const core::Byte*>(record.data()), record.size()});
    return csv_value(to_utf8(record, layout_.encoding));
}

void Writer::write_fault(const Fault& fault, Rows& rows) {
    if (!fault.is_record) {
        ++rows.counts.file_faults;
        add(rows.file_faults, "{},{},{}\n", rows.name, fault.line, csv_value(fault.message()));
    } else {
        ++rows.counts.set_aside;
        const auto& bad = info(Verdict::bad_line);
        add(rows.set_aside, "{},{},{:02},{},{},{},{}\n", rows.name, fault.line, bad.code, bad.name, bad.text.zh,
            csv_value(fault.message()), csv_value(fault.text));
    }
    if (rows.size() > most_in_memory)
        put_out(fault.file, rows);
}

void Writer::write_notices(const JudgedRecord& record, Rows& rows) {
    for (const auto& notice : notices()) {
        if (!(record.judgement.notices & static_cast<core::Byte>(notice.notice)))
            continue;
        ++rows.counts.notices;
        add(rows.notices, "{},{},{},{},{},{}\n", rows.name, record.raw.line, notice.name, notice.text.zh,
            notice.text.en, core::to_hex(record.transaction.asn));
    }
}

void Writer::put_out(std::uint32_t file, Rows& rows) {
    if (!turns_.wait_for(file))
        return;
    set_aside_->stream() << rows.set_aside;
    file_faults_->stream() << rows.file_faults;
    notices_->stream() << rows.notices;
    results_.accepted += rows.counts.accepted;
    results_.set_aside += rows.counts.set_aside;
    results_.notices += rows.counts.notices;
    results_.file_faults += rows.counts.file_faults;
    rows = {.name = rows.name};
}

core::Result<void> Writer::copy_file(std::uint32_t file, Rows& rows) {
    const auto copy = folder_ / "accepted" / labels_[file];
    std::error_code error;
    std::filesystem::copy_file(files_[file], copy, std::filesystem::copy_options::overwrite_existing, error);
    if (error)
        return core::fail(fmt::format("{}: cannot be written: {}", copy.native(), error.message()));
    rows.counts.accepted += findings_.records_of_file[file];
    return {};
}

core::Result<void> Writer::write_records(std::uint32_t file, Rows& rows) {
    TONGKA_TRY(auto reader, JudgedReader::open(files_[file], layout_, file, findings_));
    const auto accepted = folder_ / "accepted" / labels_[file];
    TONGKA_TRY(auto writer, RecordWriter::create_like(accepted, layout_, reader.reader().head()));
    const FaultSink faults = [&](const Fault& fault) { write_fault(fault, rows); };
    for (JudgedRecord record;;) {
        TONGKA_TRY(const bool there, reader.next(record, faults));
        if (!there)
            break;
        write_notices(record, rows);
        if (record.judgement.verdict == Verdict::accepted) {
            ++rows.counts.accepted;
            TONGKA_CHECK(writer.write_raw(record.raw.text, record.transaction.amount));
            continue;
        }
        ++rows.counts.set_aside;
        const auto& why = info(record.judgement.verdict);
        add(rows.set_aside, "{},{},{:02},{},{},{},{}\n", rows.name, record.raw.line, why.code, why.name, why.text.zh,
            csv_value(why.text.en), shown(record.raw.text));
        if (rows.size() > most_in_memory)
            put_out(file, rows);
    }
    return writer.records() > 0 ? writer.finish() : core::Result<void>();
}

core::Result<void> Writer::write_file(std::uint32_t file) {
    Rows rows{.name = csv_value(labels_[file])};
    if (labels_[file] != files_[file].filename().native()) {
        ++rows.counts.file_faults;
        add(rows.file_faults, "{},0,{}\n", rows.name,
            csv_value(fmt::format("{}: a file of this name was there before", files_[file].native())));
        std::error_code error;
        std::filesystem::create_directories((folder_ / "accepted" / labels_[file]).parent_path(), error);
        if (error)
            return core::fail(fmt::format("{}: cannot be made: {}", folder_.native(), error.message()));
    }
    const bool is_clean = findings_.is_clean(file) && findings_.records_of_file[file] > 0;
    TONGKA_CHECK(is_clean ? copy_file(file, rows) : write_records(file, rows));
    put_out(file, rows);
    turns_.next();
    return {};
}

core::Result<void> Writer::write_twice() {
    TONGKA_TRY(const auto twice, same_content(files_));
    for (const auto& [later, first] : twice) {
        ++results_.file_faults;
        fmt::print(file_faults_->stream(), "{},0,{}\n", csv_value(labels_[later]),
                   csv_value(fmt::format("the same as {}: delivered twice", labels_[first])));
    }
    return {};
}

core::Result<void> Writer::write_totals() {
    TONGKA_CHECK(open(totals_, "totals.csv", "trading_city,home_city,code,name,count,amount"));
    for (const auto& [key, amount] : findings_.totals) {
        const auto& [trading, home, verdict] = key;
        fmt::print(totals_->stream(), "{},{},{:02},{},{},{}\n", core::to_hex(trading), core::to_hex(home),
                   info(verdict).code, info(verdict).name, amount.count, amount.sum);
    }
    if (findings_.bad_lines > 0)
        fmt::print(totals_->stream(), ",,{:02},{},{},\n", info(Verdict::bad_line).code, info(Verdict::bad_line).name,
                   findings_.bad_lines);
    return {};
}

core::Result<Results> Writer::run(unsigned jobs) {
    std::error_code error;
    std::filesystem::create_directories(folder_ / "accepted", error);
    if (error)
        return core::fail(fmt::format("{}: cannot be made: {}", folder_.native(), error.message()));
    TONGKA_CHECK(open(set_aside_, "set-aside.csv", "file,line,code,name,reason_zh,reason,record"));
    TONGKA_CHECK(open(file_faults_, "files.csv", "file,line,reason"));
    TONGKA_CHECK(open(notices_, "notices.csv", "file,line,name,reason_zh,reason,asn"));
    std::atomic<std::uint32_t> next = 0;
    TONGKA_CHECK(in_parallel(jobs, [&](std::atomic<bool>& stop) -> core::Result<void> {
        for (std::uint32_t file = next++; file < files_.size() && !stop; file = next++) {
            auto written = write_file(file);
            if (!written) {
                turns_.fail();
                return written;
            }
        }
        return {};
    }));
    TONGKA_CHECK(write_twice());
    TONGKA_CHECK(write_totals());
    if (results_.accepted + results_.set_aside != findings_.records)
        return core::fail(
            fmt::format("{} records were read, {} accepted and {} set aside: a file has changed while it was "
                        "checked",
                        findings_.records, results_.accepted, results_.set_aside));
    for (auto* file : {&set_aside_, &file_faults_, &notices_, &totals_}) {
        TONGKA_CHECK((*file)->close());
        TONGKA_CHECK((*file)->commit());
    }
    return results_;
}

} // namespace

core::Result<Results> write_results(const std::vector<std::filesystem::path>& files, const Layout& layout,
                                    const Findings& findings, const std::filesystem::path& folder, unsigned jobs) {
    return Writer(files, layout, findings, folder).run(jobs);
}

} // namespace tongka::harness::clearing
