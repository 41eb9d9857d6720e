#include "harness/actor/simulated_files.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/actor/simulated_lists.hpp"
#include "harness/clearing/check.hpp"
#include "harness/clearing/record_writer.hpp"
#include "harness/clearing/split.hpp"
#include "harness/clearing/traffic.hpp"

namespace tongka::harness {

using namespace clearing;
namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t records_of_a_layout = 160;

/// What is planted, once each, where the layout can carry it.
constexpr Plant planted[] = {Plant::tac,         Plant::duplicate, Plant::duplicate_pos, Plant::time,
                             Plant::future,      Plant::grey,      Plant::unknown_city,  Plant::insufficient,
                             Plant::other_place, Plant::test,      Plant::blacklisted,   Plant::file_twice,
                             Plant::line_rubbish};

core::Result<void> make_day(const std::vector<Layout>& layouts, const Layout& layout, TacKeys& keys, std::uint64_t seed,
                            bool with_errors, const fs::path& folder, std::vector<std::uint64_t>& blacklist) {
    TrafficSetup setup{.keys = &keys,
                       .cities = {simulated_cities.begin(), simulated_cities.end()},
                       .records = records_of_a_layout,
                       .date = {0x20, 0x26, 0x11, 0x22},
                       .seed = seed};
    // An XF record tells no trading city that could be another one; and its cards have the numbers of those in FH,
    // where they would be blacklisted too.
    const auto is_left_out = [&](Plant plant) {
        return layout.name == "XF" && (plant == Plant::other_place || plant == Plant::blacklisted);
    };
    for (const Plant plant : planted)
        if (with_errors && can_carry(layout, plant) && !is_left_out(plant))
            setup.planted[plant] = plant == Plant::blacklisted ? 2 : 1; // a list of one card is always sorted
    if (const auto made = make_traffic(layout, setup, folder); !made)
        return core::fail(made.error().message);
    return take_blacklist(layouts, folder, blacklist);
}

std::vector<fs::path> files_of(const fs::path& folder, std::string_view beginning) {
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().filename().native().starts_with(beginning))
            found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
}

/// A file with the lock of a blacklisted card: it has no TAC (clauses.md F).
core::Result<void> make_lock(const Layout& layout, const fs::path& folder) {
    Transaction lock;
    lock.serial = 999'999'999;
    lock.trading_city = lock.home_city = simulated_cities[0];
    lock.merchant = lock.collection_point = lock.pos_serial = lock.counter = 1;
    lock.asn = {0x21, 0x44, 0x01, 0x01, 0x00, 0xFF, 0xFF, 0xF0};
    lock.psam = {0x00, 0x00, 0x21, 0x44, 0x00, 0x09, 0x09, 0x09};
    lock.terminal = lock.pos = {0x00, 0x00, 0x00, 0x09, 0x09, 0x09};
    lock.terminal[0] = 0x21;
    lock.type = 0x06;
    lock.main_type = lock.sub_type = lock.card_version = lock.lock = 1;
    lock.balance_before = 5000;
    lock.date_time = {0x20, 0x26, 0x11, 0x22, 0x12, 0x00, 0x00};
    const FileName name{.date = "20261122", .city = "2144", .serial = "700000"};
    TONGKA_TRY(auto writer, RecordWriter::create(folder / make_file_name(layout, name), layout, name));
    TONGKA_CHECK(writer.write(lock));
    return writer.finish();
}

core::Result<void> settle(const std::vector<Layout>& layouts, TacKeys& keys, const fs::path& folder,
                          const std::vector<std::uint64_t>& blacklist) {
    CheckSetup setup;
    setup.terms.keys = &keys;
    setup.terms.cities.emplace(simulated_cities.begin(), simulated_cities.end());
    setup.terms.latest = end_of_simulated_day;
    setup.terms.blacklist = blacklist;
    setup.temp = folder;
    TONGKA_TRY(const auto* upload, find_layout(layouts, "FH"));
    TONGKA_TRY(const auto* home, find_layout(layouts, "DF"));
    TONGKA_TRY(const auto* trade, find_layout(layouts, "DT"));
    const auto files = files_of(folder, "FH");
    TONGKA_TRY(const auto findings, check(files, *upload, setup));
    const auto made =
        split(files, *upload, findings, {.home = home, .trade = trade, .settle_date = {0x20, 0x26, 0x11, 0x24}},
              folder / "download");
    return made ? core::Result<void>() : core::fail(made.error().message);
}

} // namespace

core::Result<void> make_simulated_files(const std::vector<Layout>& layouts, TacKeys& keys, std::uint64_t seed,
                                        const fs::path& folder) {
    std::vector<std::uint64_t> blacklist;
    for (const auto* name : {"FH", "XF", "yangzhou-315", "shanghai-FH"}) {
        TONGKA_TRY(const auto* layout, find_layout(layouts, name));
        const bool is_upload = layout->name == "FH";
        const auto into = is_upload ? folder : folder / name;
        std::error_code error;
        fs::create_directories(into, error);
        TONGKA_CHECK(make_day(layouts, *layout, keys, ++seed, is_upload || layout->name == "XF", into, blacklist));
    }
    std::ranges::sort(blacklist);
    TONGKA_TRY(const auto* upload, find_layout(layouts, "FH"));
    TONGKA_CHECK(make_lock(*upload, folder));
    TONGKA_CHECK(settle(layouts, keys, folder, blacklist));
    return write_simulated_lists(layouts, keys, blacklist, folder);
}

} // namespace tongka::harness
