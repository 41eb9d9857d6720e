#include "harness/clearing/traffic.hpp"

#include <algorithm>
#include <atomic>
#include <fstream>
#include <memory>
#include <mutex>
#include <thread>

#include <fmt/format.h>

#include "core/bcd.hpp"
#include "core/hex.hpp"
#include "harness/clearing/field_codec.hpp"
#include "harness/clearing/record_writer.hpp"
#include "harness/clearing/tac_batch.hpp"
#include "harness/clearing/verdict.hpp"

namespace tongka::harness::clearing {
namespace {

/// The same numbers on every machine (SplitMix64; Steele, Lea, Flood 2014).
class Dice {
public:
    explicit Dice(std::uint64_t seed) : state_(seed) {}

    /// From 0 to below `bound`.
    std::uint32_t below(std::uint32_t bound) {
        state_ += 0x9E3779B97F4A7C15;
        std::uint64_t mixed = state_;
        mixed = (mixed ^ mixed >> 30) * 0xBF58476D1CE4E5B9;
        mixed = (mixed ^ mixed >> 27) * 0x94D049BB133111EB;
        return static_cast<std::uint32_t>(((mixed ^ mixed >> 31) >> 32) * bound >> 32);
    }

private:
    std::uint64_t state_;
};

constexpr std::uint32_t pos_of_a_city = 200;
/// Few shards, so that files are not small; enough for all cores.
constexpr std::uint64_t shard_size = 2'000'000;
constexpr std::uint32_t serials_of_a_shard = 1000;
constexpr std::uint32_t first_spoiled_serial = 900'000;
constexpr TacKeys::City outside{0x99, 0x99};

struct Expected {
    std::string file;
    std::uint64_t line = 0;
    std::string_view found;
    std::string_view plant;
};

std::uint8_t bcd(std::uint32_t number) {
    return static_cast<std::uint8_t>(number / 10 % 10 << 4 | number % 10);
}

void set_time(Transaction& transaction, std::uint32_t second) {
    transaction.date_time[4] = bcd(second / 3600);
    transaction.date_time[5] = bcd(second / 60 % 60);
    transaction.date_time[6] = bcd(second % 60);
}

/// Of two shards no card, POS or file is the same, so that each can be made on its own.
class Shard {
public:
    Shard(const Layout& layout, const TrafficSetup& setup, const std::filesystem::path& folder, std::uint32_t number,
          std::uint64_t quota)
        : layout_(layout), setup_(setup), folder_(folder), number_(number), quota_(quota),
          dice_(setup.seed * 1'000'003 + number), cities_(setup.cities.size()) {}

    core::Result<void> run(const std::vector<Plant>& planted);
    core::Result<void> spoil(Plant plant, std::uint32_t serial);

    std::vector<Expected> expected;
    std::vector<std::uint64_t> blacklist;
    std::uint64_t files = 0;
    std::uint64_t records = 0;

private:
    struct CityState {
        std::optional<RecordWriter> writer;
        std::string name;
        std::uint32_t next_file = 0;
        std::vector<std::uint32_t> pos_serials = std::vector<std::uint32_t>(pos_of_a_city);
    };
    /// A card's transactions, and what is wrong with the last of them.
    struct Day {
        std::vector<Transaction> transactions;
        std::size_t place = 0; ///< index of the trading city
    };

    core::Result<Day> make_day(std::uint32_t least);
    core::Result<void> sign(Transaction& transaction);
    void at_pos(Transaction& transaction, std::size_t place);
    core::Result<void> write_day(Day& day, const Plant* plant);
    core::Result<void> add_plant(Day& day, Plant plant, std::size_t& wrong);
    core::Result<void> write(std::size_t place, const Transaction& transaction, const Plant* line_plant);
    core::Result<void> open(CityState& city, std::size_t place, std::uint32_t serial);
    core::Result<void> finish(CityState& city);
    std::uint64_t line_of(const CityState& city) const {
        return city.writer->records() + layout_.head.size() + (layout_.kind == Layout::Kind::csv ? 1 : 0);
    }

    const Layout& layout_;
    const TrafficSetup& setup_;
    const std::filesystem::path& folder_;
    std::uint32_t number_;
    std::uint64_t quota_;
    Dice dice_;
    std::vector<CityState> cities_;
    std::uint32_t cards_ = 0;
    std::uint64_t serial_ = 0;
    TacBatch batch_;
    std::string record_;
};

core::Result<void> Shard::open(CityState& city, std::size_t place, std::uint32_t serial) {
    const FileName name{.date = core::to_hex(setup_.date),
                        .city = core::to_hex(setup_.cities[place]),
                        .serial = std::to_string(serial),
                        .industry = "01",
                        .merchant = core::to_hex(setup_.cities[place])}; // where the name tells no city
    city.name = layout_.file_name.empty() ? fmt::format("{}-{}-{}", layout_.name, name.city, serial)
                                          : make_file_name(layout_, name);
    TONGKA_TRY(auto writer, RecordWriter::create(folder_ / city.name, layout_, name));
    city.writer.emplace(std::move(writer));
    return {};
}

core::Result<void> Shard::finish(CityState& city) {
    if (!city.writer)
        return {};
    TONGKA_CHECK(city.writer->finish());
    city.writer.reset();
    ++files;
    return {};
}

core::Result<void> Shard::sign(Transaction& transaction) {
    transaction.tac = batch_.tac(transaction);
    return {};
}

void Shard::at_pos(Transaction& transaction, std::size_t place) {
    const std::uint32_t pos = dice_.below(pos_of_a_city);
    const std::uint32_t number = number_ * pos_of_a_city + pos;
    transaction.trading_city = setup_.cities[place];
    std::ranges::copy(setup_.cities[place], transaction.terminal.begin());
    transaction.terminal[2] = 0;
    for (std::size_t byte = 0, rest = number; byte < 3; ++byte, rest /= 100)
        transaction.terminal[5 - byte] = bcd(static_cast<std::uint32_t>(rest % 100));
    transaction.pos = transaction.terminal;
    transaction.pos[0] = transaction.pos[1] = 0; // some layouts have eight digits for the POS
    std::ranges::copy(transaction.terminal, transaction.psam.begin() + 2);
    transaction.pos_serial = ++cities_[place].pos_serials[pos];
    transaction.terminal_serial = transaction.pos_serial;
    transaction.merchant = 1000 + pos % 20;
    transaction.collection_point = 1 + pos % 50;
}

core::Result<Shard::Day> Shard::make_day(std::uint32_t least) {
    const std::size_t home = dice_.below(static_cast<std::uint32_t>(setup_.cities.size()));
    Day day;
    day.place = dice_.below(20) == 0 ? dice_.below(static_cast<std::uint32_t>(setup_.cities.size())) : home;
    Transaction one;
    one.home_city = setup_.cities[home];
    std::ranges::copy(one.home_city, one.asn.begin());
    one.asn[2] = one.main_type = 0x01;
    one.asn[3] = one.sub_type = 0x01;
    core::write_big_endian(std::span(one.asn).last(4), number_ * 100'000'000 + ++cards_);
    one.type = 0x06;
    one.card_version = 0x01;
    one.key_version = one.key_index = 0x01;
    one.counter = 1 + dice_.below(2000);
    std::ranges::copy(setup_.date, one.date_time.begin());
    TONGKA_TRY(const core::Cipher* root, setup_.keys->of(one.home_city));
    if (!root)
        return core::fail(fmt::format("there is no TAC key of city {}", core::to_hex(one.home_city)));
    batch_.derive(*root, {&one.asn, 1});
    batch_.choose(0);
    const std::uint32_t count = std::max(least, 1 + dice_.below(5));
    std::uint32_t second = 5 * 3600 + dice_.below(6 * 3600);
    std::uint32_t balance = 1000 + dice_.below(20'000);
    for (std::uint32_t made = 0; made < count; ++made) {
        if (balance < 1000)
            balance += 5000; // loaded in between
        one.balance_before = balance;
        one.amount = 100 + 10 * dice_.below(80);
        balance -= one.amount;
        set_time(one, second);
        second += 300 + dice_.below(2 * 3600);
        at_pos(one, day.place);
        TONGKA_CHECK(sign(one));
        day.transactions.push_back(one);
        ++one.counter;
    }
    return day;
}

core::Result<void> Shard::add_plant(Day& day, Plant plant, std::size_t& wrong) {
    Transaction& last = day.transactions.back();
    const Transaction& before = day.transactions[day.transactions.size() - 2];
    switch (plant) {
    case Plant::tac:
        last.tac[0] ^= 0x80;
        break;
    case Plant::time:
        last.date_time[1 + 1] = 0x13;
        return sign(last);
    case Plant::future:
        last.date_time[0] = 0x29;
        return sign(last);
    case Plant::unknown_city:
        last.home_city = outside;
        break;
    case Plant::other_place:
        last.trading_city = outside;
        break;
    case Plant::grey:
        last.grey = 1;
        break;
    case Plant::test:
        last.test = 1;
        break;
    case Plant::insufficient:
        last.amount = last.balance_before + 100;
        return sign(last);
    case Plant::counter_gap:
        last.counter += 2;
        break;
    case Plant::balance:
        last.balance_before = before.balance_before - before.amount - 1;
        last.amount = std::min(last.amount, last.balance_before);
        return sign(last);
    case Plant::clock_back:
        set_time(last, 4 * 3600);
        return sign(last);
    case Plant::duplicate: {
        const Transaction again = last;
        day.transactions.push_back(again);
        ++wrong;
        break;
    }
    case Plant::duplicate_pos:
    case Plant::counter_twice: {
        Transaction other = last;
        ++wrong;
        if (plant == Plant::duplicate_pos) {
            ++other.counter;
            ++other.terminal_serial;
        } else {
            at_pos(other, day.place);
        }
        other.balance_before = last.balance_before - last.amount;
        other.amount = other.balance_before / 2;
        TONGKA_CHECK(sign(other));
        day.transactions.push_back(other);
        break;
    }
    case Plant::blacklisted:
        blacklist.push_back(core::read_big_endian(last.asn));
        wrong = 0; // all of them
        break;
    default:
        break;
    }
    return {};
}

core::Result<void> Shard::write(std::size_t place, const Transaction& transaction, const Plant* line_plant) {
    CityState& city = cities_[place];
    if (city.writer && city.writer->records() == layout_.most_records())
        TONGKA_CHECK(finish(city));
    if (!city.writer)
        TONGKA_CHECK(open(city, place, number_ * serials_of_a_shard + city.next_file++));
    Transaction numbered = transaction;
    numbered.serial = number_ * 1'000'000'000ULL + ++serial_;
    if (!line_plant)
        return city.writer->write(numbered);
    if (const Field* narrow = encode(layout_, numbered, record_))
        return core::fail(fmt::format("{}: '{}' has no room for its value", city.name, narrow->name));
    const auto amount = std::ranges::find_if(
        layout_.record.fields, [](const Field& field) { return field.means && field.means->name == "amount"; });
    const std::size_t at = amount->offset + amount->width - 1;
    if (*line_plant == Plant::line_short)
        record_.pop_back();
    else
        record_[at] = *line_plant == Plant::line_rubbish ? 'X' : '\xFF';
    return city.writer->write_raw(record_, transaction.amount);
}

core::Result<void> Shard::write_day(Day& day, const Plant* plant) {
    std::size_t wrong = day.transactions.size() - 1;
    if (plant)
        TONGKA_CHECK(add_plant(day, *plant, wrong));
    const bool of_line =
        plant && (*plant == Plant::line_short || *plant == Plant::line_rubbish || *plant == Plant::line_foreign);
    for (std::size_t at = 0; at < day.transactions.size(); ++at) {
        const bool is_wrong = plant && (at == wrong || (*plant == Plant::blacklisted && at >= wrong));
        TONGKA_CHECK(write(day.place, day.transactions[at], is_wrong && of_line ? plant : nullptr));
        if (is_wrong)
            expected.push_back(
                {cities_[day.place].name, line_of(cities_[day.place]), info(*plant).found, info(*plant).name});
    }
    records += day.transactions.size();
    return {};
}

core::Result<void> Shard::run(const std::vector<Plant>& planted) {
    const std::uint64_t stride = std::max<std::uint64_t>(quota_ / 3 / (planted.size() + 1), 1);
    std::size_t next = 0;
    for (std::uint64_t card = 1; records < quota_ || next < planted.size(); ++card) {
        const bool plants = next < planted.size() && (card % stride == 0 || records >= quota_);
        TONGKA_TRY(Day day, make_day(plants ? 2 : 1));
        if (!plants && day.transactions.size() > quota_ - records)
            day.transactions.resize(quota_ - records);
        TONGKA_CHECK(write_day(day, plants ? &planted[next++] : nullptr));
    }
    for (CityState& city : cities_)
        TONGKA_CHECK(finish(city));
    return {};
}

/// Writes bytes into a finished file.
void patch(const std::filesystem::path& file, std::size_t at, std::string_view bytes) {
    std::fstream stream(file, std::ios::binary | std::ios::in | std::ios::out);
    stream.seekp(static_cast<std::streamoff>(at));
    stream.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
}

core::Result<void> Shard::spoil(Plant plant, std::uint32_t serial) {
    const std::size_t place = dice_.below(static_cast<std::uint32_t>(cities_.size()));
    CityState& city = cities_[place];
    const std::uint32_t first_serial = first_spoiled_serial + 2 * serial;
    TONGKA_CHECK(open(city, place, first_serial));
    for (int card = 0; card < 3; ++card) {
        TONGKA_TRY(Day day, make_day(1));
        for (Transaction& transaction : day.transactions) {
            at_pos(transaction, place);
            TONGKA_CHECK(sign(transaction));
        }
        day.place = place;
        day.transactions.resize(1);
        TONGKA_CHECK(write_day(day, nullptr));
    }
    const std::string name = city.name;
    const std::uint64_t last = line_of(city);
    TONGKA_CHECK(finish(city));
    const auto path = folder_ / name;
    const auto& one = info(plant);
    const std::size_t second_line = layout_.head.empty() ? 0 : layout_.head[0].width + layout_.line_end.size();
    switch (plant) {
    case Plant::header_count:
        patch(path, second_line, "00004");
        expected.push_back({name, 2, one.found, one.name});
        break;
    case Plant::header_type:
        patch(path, 0, "99");
        expected.push_back({name, 1, one.found, one.name});
        break;
    case Plant::cut_file:
        std::filesystem::resize_file(path, std::filesystem::file_size(path) - layout_.record.width / 2);
        expected.push_back({name, last, one.found, one.name});
        break;
    default: {
        TONGKA_CHECK(open(city, place, first_serial + 1));
        const std::string again = city.name;
        city.writer.reset();
        std::filesystem::copy_file(path, folder_ / again);
        ++files;
        expected.push_back({again, 0, "file", one.name});
        for (std::uint64_t line = last - 2; line <= last; ++line)
            expected.push_back({again, line, one.found, one.name});
    }
    }
    return {};
}

core::Result<void> write_lists(const TrafficSetup& setup, const std::vector<Shard>& shards,
                               const std::filesystem::path& folder, Traffic& traffic) {
    TONGKA_TRY(auto cities, core::OutputFile::create(folder / "cities.txt"));
    for (const auto& city : setup.cities)
        cities.stream() << core::to_hex(city) << '\n';
    TONGKA_TRY(auto blacklist, core::OutputFile::create(folder / "blacklist.txt"));
    TONGKA_TRY(auto planted, core::OutputFile::create(folder / "planted.csv"));
    planted.stream() << "file,line,found,plant\n";
    std::vector<std::uint64_t> cards;
    for (const Shard& shard : shards) {
        cards.insert(cards.end(), shard.blacklist.begin(), shard.blacklist.end());
        for (const Expected& one : shard.expected)
            planted.stream() << fmt::format("{},{},{},{}\n", one.file, one.line, one.found, one.plant);
        traffic.planted += shard.expected.size();
        traffic.records += shard.records;
        traffic.files += shard.files;
    }
    std::ranges::sort(cards);
    blacklist.stream() << fmt::format("{}{:06}\r\n", core::to_hex(setup.date), cards.size());
    for (const std::uint64_t card : cards)
        blacklist.stream() << fmt::format("0000{:016X}00\r\n", card);
    for (auto* file : {&cities, &blacklist, &planted}) {
        TONGKA_CHECK(file->close());
        TONGKA_CHECK(file->commit());
    }
    return {};
}

} // namespace

core::Result<Traffic> make_traffic(const Layout& layout, const TrafficSetup& setup,
                                   const std::filesystem::path& folder) {
    std::vector<Plant> of_records;
    std::vector<Plant> of_files;
    for (const auto& [plant, count] : setup.planted) {
        if (!can_carry(layout, plant))
            return core::fail(
                fmt::format("files of layout {} cannot have the error '{}'", layout.name, info(plant).name));
        auto& to = info(plant).of_file ? of_files : of_records;
        to.insert(to.end(), count, plant);
    }
    if (of_records.size() > setup.records / 6)
        return core::fail(
            fmt::format("{} planted errors need {} records at least", of_records.size(), 6 * of_records.size()));
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error || !std::filesystem::is_empty(folder, error))
        return core::fail(fmt::format("{}: must be a folder without files", folder.native()));

    const auto count = static_cast<std::uint32_t>(std::max<std::uint64_t>(setup.records / shard_size, 1));
    std::vector<Shard> shards;
    std::vector<std::vector<Plant>> shares(count);
    for (std::size_t at = 0; at < of_records.size(); ++at)
        shares[at % count].push_back(of_records[at]);
    for (std::uint32_t shard = 0; shard < count; ++shard)
        shards.emplace_back(layout, setup, folder, shard,
                            setup.records / count + (shard < setup.records % count ? 1 : 0));
    std::atomic<std::uint32_t> next = 0;
    std::uint32_t done = 0;
    std::mutex mutex;
    core::Result<void> outcome;
    {
        std::vector<std::jthread> workers;
        for (unsigned job = 0; job < std::max(setup.jobs, 1U); ++job)
            workers.emplace_back([&] {
                for (std::uint32_t shard = next++; shard < count; shard = next++) {
                    auto made = shards[shard].run(shares[shard]);
                    const std::lock_guard lock(mutex);
                    if (!made)
                        outcome = std::move(made);
                    setup.progress(static_cast<double>(++done) / count);
                }
            });
    }
    TONGKA_CHECK(std::move(outcome));
    for (std::uint32_t at = 0; at < of_files.size(); ++at)
        TONGKA_CHECK(shards[0].spoil(of_files[at], at));
    Traffic traffic;
    TONGKA_CHECK(write_lists(setup, shards, folder, traffic));
    return traffic;
}

} // namespace tongka::harness::clearing
