#include "harness/clearing/split.hpp"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/hex.hpp"
#include "harness/clearing/judged_reader.hpp"
#include "harness/clearing/record_writer.hpp"

namespace tongka::harness::clearing {
namespace {

/// The files of one kind, one open for each city.
class CityFiles {
public:
    CityFiles(const Layout& layout, const SplitSetup& setup, const std::filesystem::path& folder)
        : layout_(layout), setup_(setup), folder_(folder) {}

    core::Result<void> write(const TacKeys::City& city, const Transaction& transaction) {
        Open& open = cities_[city];
        if (open.writer && open.writer->records() == layout_.most_records())
            TONGKA_CHECK(finish(open));
        if (!open.writer) {
            const FileName name{.date = core::to_hex(setup_.settle_date),
                                .city = core::to_hex(city),
                                .serial = std::to_string(++open.serial)};
            TONGKA_TRY(auto writer, RecordWriter::create(folder_ / make_file_name(layout_, name), layout_, name));
            open.writer.emplace(std::move(writer));
        }
        return open.writer->write(transaction);
    }

    core::Result<std::uint64_t> finish() {
        for (auto& [city, open] : cities_)
            TONGKA_CHECK(finish(open));
        return files_;
    }

private:
    struct Open {
        std::optional<RecordWriter> writer;
        std::uint32_t serial = 0;
    };

    core::Result<void> finish(Open& open) {
        if (!open.writer)
            return {};
        TONGKA_CHECK(open.writer->finish());
        open.writer.reset();
        ++files_;
        return {};
    }

    const Layout& layout_;
    const SplitSetup& setup_;
    const std::filesystem::path& folder_;
    std::map<TacKeys::City, Open> cities_;
    std::uint64_t files_ = 0;
};

void set_state(Transaction& transaction, Verdict verdict) {
    const auto code = verdict == Verdict::accepted ? 0 : info(verdict).code;
    transaction.settle_state = {0, 0, static_cast<core::Byte>(code / 10 << 4 | code % 10)};
}

} // namespace

core::Result<Split> split(const std::vector<std::filesystem::path>& files, const Layout& layout,
                          const Findings& findings, const SplitSetup& setup, const std::filesystem::path& folder) {
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error || !std::filesystem::is_empty(folder, error))
        return core::fail(fmt::format("{}: must be a folder without files", folder.native()));
    CityFiles home(*setup.home, setup, folder);
    CityFiles trade(*setup.trade, setup, folder);
    Split made;
    std::uint64_t serial = setup.first_serial;
    std::uint64_t records = 0;
    for (std::uint32_t file = 0; file < files.size(); ++file) {
        TONGKA_TRY(auto reader, JudgedReader::open(files[file], layout, file, findings));
        std::vector<Fault> faults;
        for (JudgedRecord record;;) {
            TONGKA_TRY(const bool there, reader.next(record, faults));
            if (!there)
                break;
            Transaction& one = record.transaction;
            one.serial = serial++;
            one.settle_date = setup.settle_date;
            set_state(one, record.judgement.verdict);
            const bool settled = record.judgement.verdict == Verdict::accepted;
            (settled ? made.settled : made.refused).add(one);
            TONGKA_CHECK(trade.write(reader.reader().city().value_or(one.trading_city), one));
            if (settled)
                TONGKA_CHECK(home.write(one.home_city, one));
            made.bad_lines += static_cast<std::uint64_t>(std::ranges::count_if(faults, &Fault::is_record));
            faults.clear();
        }
        made.bad_lines += static_cast<std::uint64_t>(std::ranges::count_if(faults, &Fault::is_record));
        records += reader.reader().records();
    }
    if (records != made.settled.count + made.refused.count + made.bad_lines || records != findings.records)
        return core::fail(
            fmt::format("{} records were read, {} settled, {} refused and {} bad: a file has changed while it "
                        "was split",
                        records, made.settled.count, made.refused.count, made.bad_lines));
    TONGKA_TRY(made.home_files, home.finish());
    TONGKA_TRY(made.trade_files, trade.finish());
    return made;
}

} // namespace tongka::harness::clearing
