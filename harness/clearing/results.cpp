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

class Writer {
public:
    Writer(const std::vector<std::filesystem::path>& files, const Layout& layout, const Findings& findings,
           const std::filesystem::path& folder)
        : files_(files), labels_(labels(files)), layout_(layout), findings_(findings), folder_(folder) {}

    core::Result<Results> run();

private:
    core::Result<void> open(std::optional<core::OutputFile>& file, const char* name, std::string_view columns);
    core::Result<void> write_file(std::uint32_t file);
    /// Of a file that is clean.
    core::Result<void> copy_file(std::uint32_t file);
    void write_faults(const std::vector<Fault>& faults);
    void write_notices(const std::string& name, const JudgedRecord& record);
    core::Result<void> write_totals();
    std::string shown(std::string_view record) const;

    const std::vector<std::filesystem::path>& files_;
    std::vector<std::string> labels_;
    const Layout& layout_;
    const Findings& findings_;
    const std::filesystem::path& folder_;
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

void Writer::write_faults(const std::vector<Fault>& faults) {
    for (const Fault& fault : faults) {
        const std::string name = csv_value(labels_[fault.file]);
        if (!fault.is_record) {
            ++results_.file_faults;
            fmt::print(file_faults_->stream(), "{},{},{}\n", name, fault.line, csv_value(fault.message()));
            continue;
        }
        ++results_.set_aside;
        const auto& bad = info(Verdict::bad_line);
        fmt::print(set_aside_->stream(), "{},{},{:02},{},{},{},{}\n", name, fault.line, bad.code, bad.name, bad.text.zh,
                   csv_value(fault.message()), csv_value(fault.text));
    }
}

void Writer::write_notices(const std::string& name, const JudgedRecord& record) {
    for (const auto& notice : notices()) {
        if (!(record.judgement.notices & static_cast<core::Byte>(notice.notice)))
            continue;
        ++results_.notices;
        fmt::print(notices_->stream(), "{},{},{},{},{},{}\n", name, record.raw.line, notice.name, notice.text.zh,
                   notice.text.en, core::to_hex(record.transaction.asn));
    }
}

core::Result<void> Writer::copy_file(std::uint32_t file) {
    const auto copy = folder_ / "accepted" / labels_[file];
    std::error_code error;
    std::filesystem::copy_file(files_[file], copy, std::filesystem::copy_options::overwrite_existing, error);
    if (error)
        return core::fail(fmt::format("{}: cannot be written: {}", copy.native(), error.message()));
    results_.accepted += findings_.records_of_file[file];
    return {};
}

core::Result<void> Writer::write_file(std::uint32_t file) {
    if (findings_.is_clean(file) && findings_.records_of_file[file] > 0)
        return copy_file(file);
    TONGKA_TRY(auto reader, JudgedReader::open(files_[file], layout_, file, findings_));
    const auto accepted = folder_ / "accepted" / labels_[file];
    TONGKA_TRY(auto writer, RecordWriter::create_like(accepted, layout_, reader.reader().head()));
    const std::string name = csv_value(labels_[file]);
    std::vector<Fault> faults;
    for (JudgedRecord record;;) {
        TONGKA_TRY(const bool there, reader.next(record, faults));
        write_faults(faults);
        faults.clear();
        if (!there)
            break;
        write_notices(name, record);
        if (record.judgement.verdict == Verdict::accepted) {
            ++results_.accepted;
            TONGKA_CHECK(writer.write_raw(record.raw.text, record.transaction.amount));
            continue;
        }
        ++results_.set_aside;
        const auto& why = info(record.judgement.verdict);
        fmt::print(set_aside_->stream(), "{},{},{:02},{},{},{},{}\n", name, record.raw.line, why.code, why.name,
                   why.text.zh, csv_value(why.text.en), shown(record.raw.text));
    }
    return writer.records() > 0 ? writer.finish() : core::Result<void>();
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

core::Result<Results> Writer::run() {
    std::error_code error;
    std::filesystem::create_directories(folder_ / "accepted", error);
    if (error)
        return core::fail(fmt::format("{}: cannot be made: {}", folder_.native(), error.message()));
    TONGKA_CHECK(open(set_aside_, "set-aside.csv", "file,line,code,name,reason_zh,reason,record"));
    TONGKA_CHECK(open(file_faults_, "files.csv", "file,line,reason"));
    TONGKA_CHECK(open(notices_, "notices.csv", "file,line,name,reason_zh,reason,asn"));
    for (std::uint32_t file = 0; file < files_.size(); ++file) {
        if (labels_[file] != files_[file].filename().native()) {
            ++results_.file_faults;
            fmt::print(file_faults_->stream(), "{},0,{}\n", csv_value(labels_[file]),
                       csv_value(fmt::format("{}: a file of this name was there before", files_[file].native())));
            std::filesystem::create_directories((folder_ / "accepted" / labels_[file]).parent_path(), error);
            if (error)
                return core::fail(fmt::format("{}: cannot be made: {}", folder_.native(), error.message()));
        }
        TONGKA_CHECK(write_file(file));
    }
    TONGKA_TRY(const auto twice, same_content(files_));
    for (const auto& [later, first] : twice) {
        ++results_.file_faults;
        fmt::print(file_faults_->stream(), "{},0,{}\n", csv_value(labels_[later]),
                   csv_value(fmt::format("the same as {}: delivered twice", labels_[first])));
    }
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
                                    const Findings& findings, const std::filesystem::path& folder) {
    return Writer(files, layout, findings, folder).run();
}

} // namespace tongka::harness::clearing
