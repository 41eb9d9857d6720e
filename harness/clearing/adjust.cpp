#include "harness/clearing/adjust.hpp"

#include <set>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/clearing/city_files.hpp"

namespace tongka::harness::clearing {
namespace {

/// What a DT row and an upload both tell of a record.
using Key = std::tuple<TacKeys::City, std::array<core::Byte, 8>, std::uint32_t, std::array<core::Byte, 8>,
                       std::uint32_t, std::array<core::Byte, 7>>;

Key key_of(const Transaction& one) {
    return {one.home_city, one.asn, one.counter, one.psam, one.terminal_serial, one.date_time};
}

struct Row {
    std::uint64_t serial = 0;
    std::uint32_t line = 0;
};

/// The rows by record: of a record that was sent twice both may have been refused.
using Rows = std::multimap<Key, Row>;

core::Result<Rows> read_rows(const std::filesystem::path& list, const Layout& layout) {
    Layout any_name = layout; // a list made by hand
    any_name.file_name.clear();
    TONGKA_TRY(auto reader, RecordReader::open(list, any_name));
    Rows rows;
    std::set<std::uint64_t> serials;
    std::vector<Fault> faults;
    RawRecord raw;
    for (Transaction one;;) {
        TONGKA_TRY(const bool there, reader.read(raw, one, keep(faults)));
        if (!faults.empty())
            return core::fail(fmt::format("{}: {}", list.native(), faults.front().message()));
        if (!there)
            return rows;
        if (one.settle_state == std::array<core::Byte, 3>{})
            return core::fail(fmt::format("{}: line {}: was settled already", list.native(), raw.line));
        if (!serials.insert(one.serial).second)
            return core::fail(fmt::format("{}: line {}: stands there twice", list.native(), raw.line));
        rows.emplace(key_of(one), Row{one.serial, raw.line});
    }
}

} // namespace

core::Result<Amount> adjust(const std::vector<std::filesystem::path>& files, const Layout& layout,
                            const std::filesystem::path& list, const AdjustSetup& setup,
                            const std::filesystem::path& folder) {
    TONGKA_TRY(Rows rows, read_rows(list, *setup.trade));
    CityFiles home(*setup.home, setup.settle_date, folder);
    CityFiles trade(*setup.adjustment, setup.settle_date, folder);
    Amount taken_up;
    for (std::uint32_t file = 0; file < files.size() && !rows.empty(); ++file) {
        TONGKA_TRY(auto reader, RecordReader::open(files[file], layout, file));
        const FaultSink ignored = [](const Fault&) {}; // told when the file was checked
        RawRecord raw;
        for (Transaction one;;) {
            TONGKA_TRY(const bool there, reader.read(raw, one, ignored));
            if (!there)
                break;
            const auto row = rows.find(key_of(one));
            if (row == rows.end())
                continue;
            one.serial = row->second.serial;
            one.settle_date = setup.settle_date;
            rows.erase(row);
            taken_up.add(one);
            TONGKA_CHECK(trade.write(reader.city().value_or(one.trading_city), one));
            TONGKA_CHECK(home.write(one.home_city, one));
        }
    }
    if (!rows.empty())
        return core::fail(fmt::format("{}: line {}: the record of card {} with counter {} is in none of the files",
                                      list.native(), rows.begin()->second.line,
                                      core::to_hex(std::get<1>(rows.begin()->first)),
                                      std::get<2>(rows.begin()->first)));
    for (auto* made : {&home, &trade})
        if (auto done = made->finish(); !done)
            return core::fail(done.error());
    return taken_up;
}

} // namespace tongka::harness::clearing
