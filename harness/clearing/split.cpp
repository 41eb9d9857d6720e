#include "harness/clearing/split.hpp"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/clearing/city_files.hpp"
#include "harness/clearing/encoding.hpp"
#include "harness/clearing/judged_reader.hpp"

namespace tongka::harness::clearing {
namespace {

/// The codes that the DT files carry, for people: code type 0000 and the centre's city 0000 are ours (inferred).
core::Result<void> write_codes(const SplitSetup& setup, const std::set<unsigned>& codes,
                               const std::filesystem::path& folder) {
    if (codes.empty() || !setup.codes)
        return {};
    const FileName name{.date = core::to_hex(setup.settle_date), .city = "0000", .serial = "1"};
    const auto path = folder / make_file_name(*setup.codes, name);
    TONGKA_TRY(auto writer, RecordWriter::create(path, *setup.codes, name));
    for (const unsigned code : codes) {
        const auto& first = *std::ranges::find(verdicts(), code, &VerdictInfo::code);
        const std::string zeros(8, '0');
        TONGKA_CHECK(
            writer.write_raw(fmt::format("0000{:06}", code) + from_utf8(first.text.zh, setup.codes->encoding) + zeros));
    }
    return writer.finish();
}

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
    CityFiles home(*setup.home, setup.settle_date, folder);
    CityFiles trade(*setup.trade, setup.settle_date, folder);
    Totals written;
    std::set<unsigned> codes;
    Split made;
    std::uint64_t serial = setup.first_serial;
    std::uint64_t records = 0;
    for (std::uint32_t file = 0; file < files.size(); ++file) {
        TONGKA_TRY(auto reader, JudgedReader::open(files[file], layout, file, findings));
        const FaultSink faults = [&](const Fault& fault) { made.bad_lines += fault.is_record ? 1 : 0; };
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
            written[{one.trading_city, one.home_city, record.judgement.verdict}].add(one);
            if (!settled)
                codes.insert(info(record.judgement.verdict).code);
            TONGKA_CHECK(trade.write(reader.reader().city().value_or(one.trading_city), one));
            if (settled)
                TONGKA_CHECK(home.write(one.home_city, one));
        }
        records += reader.reader().records();
    }
    if (records != made.settled.count + made.refused.count + made.bad_lines || records != findings.records)
        return core::fail(
            fmt::format("{} records were read, {} settled, {} refused and {} bad: a file has changed while it "
                        "was split",
                        records, made.settled.count, made.refused.count, made.bad_lines));
    for (const auto& [key, amount] : findings.totals) {
        const auto& [trading, home_city, verdict] = key;
        if (written[key] != amount)
            return core::fail(fmt::format("{} → {}, {}: {} records with {} fen were checked, and {} with {} written: a "
                                          "file has changed while it was split",
                                          core::to_hex(trading), core::to_hex(home_city), info(verdict).name,
                                          amount.count, amount.sum, written[key].count, written[key].sum));
    }
    TONGKA_CHECK(write_codes(setup, codes, folder));
    TONGKA_TRY(made.home_files, home.finish());
    TONGKA_TRY(made.trade_files, trade.finish());
    return made;
}

} // namespace tongka::harness::clearing
