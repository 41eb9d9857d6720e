#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>
#include <gmock/gmock.h>

#include "core/clock.hpp"
#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"
#include "core/hex.hpp"
#include "core/keys/centre.hpp"
#include "core/keys/memory_store.hpp"
#include "core/random.hpp"
#include "harness/clearing/adjust.hpp"
#include "harness/clearing/check.hpp"
#include "harness/clearing/lists.hpp"
#include "harness/clearing/results.hpp"
#include "harness/clearing/split.hpp"
#include "harness/clearing/tests/scratch.hpp"
#include "harness/clearing/traffic.hpp"

namespace tongka::harness::clearing {
namespace {

using test::layout;
using testing::HasSubstr;
using Found = std::set<std::string>;

const std::vector<TacKeys::City> cities{{0x21, 0x44}, {0x10, 0x00}, {0x20, 0x00}, {0x31, 0x00}};

std::vector<std::filesystem::path> files_in(const std::filesystem::path& folder, std::string_view beginning) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().filename().native().starts_with(beginning))
            files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

/// The first columns of a CSV file: `file,line,kind`.
Found rows(const std::filesystem::path& path, int kind) {
    Found found;
    std::istringstream lines(test::read_file(path));
    std::string line;
    std::getline(lines, line);
    while (std::getline(lines, line)) {
        std::vector<std::string> cells;
        std::istringstream parts(line);
        for (std::string cell; std::getline(parts, cell, ',');)
            cells.push_back(cell);
        found.insert(cells[0] + "," + cells[1] + "," + (kind < 0 ? "file" : cells[static_cast<std::size_t>(kind)]));
    }
    return found;
}

class CheckTest : public testing::TestWithParam<core::Algorithm> {
protected:
    CheckTest() : random_(7), store_(core::KeyOwner{}) {
        EXPECT_TRUE(core::new_national_store(store_, random_, GetParam()));
        keys_ = TacKeys::take(store_).value();
    }

    Traffic make(const std::string& form, std::uint64_t records, const std::vector<std::string>& planted,
                 unsigned jobs = 1, const std::string& into = "up") {
        TrafficSetup setup{.keys = keys_.get(), .cities = cities, .records = records, .date = {0x20, 0x26, 0x11, 0x22}};
        setup.jobs = jobs;
        for (const auto& plant : planted)
            EXPECT_TRUE(read_plant(plant, layout(form), setup.planted));
        const auto made = make_traffic(layout(form), setup, scratch_.path() / into);
        EXPECT_TRUE(made) << made.error().message;
        return made.value_or(Traffic{});
    }

    Findings check_files(const std::string& form, const std::vector<std::filesystem::path>& files, unsigned jobs = 2) {
        CheckSetup setup;
        setup.terms.keys = keys_.get();
        setup.terms.cities = std::set(cities.begin(), cities.end());
        setup.terms.latest = {0x20, 0x26, 0x11, 0x22, 0x23, 0x59, 0x59};
        std::vector<Fault> faults;
        if (std::filesystem::exists(scratch_.path() / "up" / "blacklist.txt")) {
            Layout any_name = layout("blacklist");
            any_name.file_name.clear();
            setup.terms.blacklist = read_blacklist(scratch_.path() / "up" / "blacklist.txt", any_name, keep(faults)).value();
            EXPECT_TRUE(faults.empty());
        }
        setup.temp = scratch_.path();
        setup.jobs = jobs;
        return check(files, layout(form), setup).value();
    }

    void expect_what_was_planted(const std::string& form) {
        const auto files = files_in(scratch_.path() / "up", form);
        const auto findings = check_files(form, files);
        const auto results = write_results(files, layout(form), findings, scratch_.path() / "out", 2).value();
        Found found = rows(scratch_.path() / "out" / "set-aside.csv", 3);
        found.merge(rows(scratch_.path() / "out" / "notices.csv", 2));
        found.merge(rows(scratch_.path() / "out" / "files.csv", -1));
        EXPECT_EQ(found, rows(scratch_.path() / "up" / "planted.csv", 2));
        EXPECT_EQ(results.accepted + results.set_aside, findings.records);
    }

    test::Scratch scratch_;
    core::SeededRandom random_;
    core::MemoryKeyStore store_;
    std::unique_ptr<TacKeys> keys_;
};

INSTANTIATE_TEST_SUITE_P(Algorithms, CheckTest, testing::Values(core::Algorithm::triple_des, core::Algorithm::sm4),
                         [](const auto& one) { return one.param == core::Algorithm::sm4 ? "sm4" : "des3"; });

TEST_P(CheckTest, ADayWithoutErrorsIsAccepted) {
    make("FH", 3000, {});
    const auto files = files_in(scratch_.path() / "up", "FH");
    const auto findings = check_files("FH", files);
    const auto results = write_results(files, layout("FH"), findings, scratch_.path() / "out", 2).value();
    EXPECT_EQ(findings.records, 3000U);
    EXPECT_EQ(results.accepted, 3000U);
    EXPECT_EQ(results.set_aside + results.notices + results.file_faults, 0U);
    for (const auto& file : files)
        EXPECT_EQ(test::read_file(file), test::read_file(scratch_.path() / "out" / "accepted" / file.filename()));
}

TEST_P(CheckTest, ManyThreadsWriteTheSameBytesAsOne) {
    make("FH", 4000, {"all:3"});
    const auto files = files_in(scratch_.path() / "up", "FH");
    const auto one = scratch_.path() / "one";
    const auto many = scratch_.path() / "many";
    ASSERT_TRUE(write_results(files, layout("FH"), check_files("FH", files, 1), one, 1));
    ASSERT_TRUE(write_results(files, layout("FH"), check_files("FH", files, 5), many, 5));
    std::size_t compared = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(one)) {
        if (!entry.is_regular_file())
            continue;
        EXPECT_EQ(test::read_file(entry.path()), test::read_file(many / entry.path().lexically_relative(one)));
        ++compared;
    }
    EXPECT_GT(compared, files.size());
}

TEST_P(CheckTest, FilesOfOneNameAreKeptApart) {
    make("FH", 500, {});
    const auto files = files_in(scratch_.path() / "up", "FH");
    const auto again = scratch_.path() / "again" / files[1].filename();
    std::filesystem::create_directories(again.parent_path());
    std::filesystem::copy_file(files[0], again); // another file under the name of the second
    const std::vector<std::filesystem::path> given{files[1], again};
    const auto findings = check_files("FH", given);
    const auto out = scratch_.path() / "out";
    const auto results = write_results(given, layout("FH"), findings, out, 2).value();
    EXPECT_EQ(results.accepted, findings.records);
    const auto name = files[1].filename();
    EXPECT_EQ(test::read_file(files[1]), test::read_file(out / "accepted" / name));
    EXPECT_EQ(test::read_file(files[0]), test::read_file(out / "accepted" / "2" / name));
    const auto twice = "2/" + name.native(); // its header tells another city than its name
    EXPECT_EQ(rows(out / "files.csv", -1), (Found{twice + ",0,file", twice + ",2,file"}));
}

TEST_P(CheckTest, EveryPlantedErrorIsFoundAndNothingElse) {
    make("FH", 4000, {"all:4"});
    expect_what_was_planted("FH");
}

TEST_P(CheckTest, GreyRecordsOfACityFileAreFound) {
    make("XF", 2000, {"all:3"});
    expect_what_was_planted("XF");
}

TEST_P(CheckTest, JobsDoNotChangeWhatIsMade) {
    make("FH", 2500, {"all:2"}, 1, "one");
    make("FH", 2500, {"all:2"}, 3, "three");
    for (const auto& entry : std::filesystem::directory_iterator(scratch_.path() / "one"))
        EXPECT_EQ(test::read_file(entry.path()), test::read_file(scratch_.path() / "three" / entry.path().filename()))
            << entry.path();
}

TEST_P(CheckTest, TheTacIsThatOfTheCard) {
    // Made here from the root by the steps of standards.md 5.1 and 5.2, not by the batch that the check uses.
    make("FH", 60, {});
    const auto path = files_in(scratch_.path() / "up", "FH")[0];
    auto reader = RecordReader::open(path, layout("FH")).value();
    std::vector<Transaction> all;
    std::vector<Fault> faults;
    ASSERT_FALSE(reader.read(all, keep(faults), 1000).value());
    ASSERT_FALSE(all.empty());
    const auto root = store_.release({"DTK", 0, 1}).value();
    for (const auto& one : all) {
        const std::array<std::array<core::Byte, 8>, 2> factors{
            std::array<core::Byte, 8>{one.home_city[0], one.home_city[1], 0xFF, 0, 0, 0, 0, 0}, one.asn};
        const auto key = core::tac_key(core::diversify(root, factors));
        const auto amount = core::big_endian(one.amount, 4);
        const auto serial = core::big_endian(one.terminal_serial, 4);
        EXPECT_EQ(core::transaction_mac(key, {amount, {&one.type, 1}, one.terminal, serial, one.date_time}), one.tac);
    }
}

SplitSetup split_setup() {
    return {
        .home = &layout("DF"), .trade = &layout("DT"), .codes = &layout("EC"), .settle_date = {0x20, 0x26, 0x11, 0x23}};
}

/// The lines of a file, without their ends.
std::vector<std::string> lines_of(const std::filesystem::path& file) {
    std::vector<std::string> lines;
    std::istringstream text(test::read_file(file));
    for (std::string line; std::getline(text, line);)
        lines.push_back(line.substr(0, line.find('\r')));
    return lines;
}

TEST_P(CheckTest, TheCodesOfRefusedRecordsAreListed) {
    make("FH", 500, {"tac:2", "test"});
    const auto files = files_in(scratch_.path() / "up", "FH");
    ASSERT_TRUE(split(files, layout("FH"), check_files("FH", files), split_setup(), scratch_.path() / "down"));
    const auto lines = lines_of(scratch_.path() / "down" / "EC26112300000000000001");
    EXPECT_THAT(lines, testing::ElementsAre("010000", "00000002",
                                            "0000000001TAC\xB4\xED\xCE\xF3"
                                            "00000000",
                                            "0000000006\xB2\xE2\xCA\xD4\xCA\xFD\xBE\xDD"
                                            "00000000"));
}

TEST_P(CheckTest, AFileThatChangesWhileItIsSplitIsNotSettled) {
    make("FH", 300, {});
    const auto files = files_in(scratch_.path() / "up", "FH");
    const auto findings = check_files("FH", files);
    auto text = test::read_file(files[0]);
    text[6 + 2 + 26 + 2 + 139 + 7] ^= 1; // a fen in the first amount
    scratch_.write("up/" + files[0].filename().native(), text);
    const auto made = split(files, layout("FH"), findings, split_setup(), scratch_.path() / "down");
    ASSERT_FALSE(made);
    EXPECT_THAT(made.error().message, HasSubstr("a file has changed while it was split"));
    EXPECT_TRUE(std::filesystem::is_empty(scratch_.path() / "down"));
}

TEST_P(CheckTest, RefusedRecordsCanBeTakenUpAgain) {
    make("FH", 500, {"test:3"});
    const auto files = files_in(scratch_.path() / "up", "FH");
    const auto down = scratch_.path() / "down";
    ASSERT_TRUE(split(files, layout("FH"), check_files("FH", files), split_setup(), down));
    std::vector<std::string> refused;
    std::vector<std::string> settled;
    for (const auto& path : files_in(down, "DT"))
        for (const auto& line : lines_of(path))
            if (line.size() == 94)
                (line.substr(87, 6) == "000000" ? settled : refused).push_back(line);
    ASSERT_EQ(refused.size(), 3U);
    const std::string head = "010000\r\n0000221440000009600000000\r\n";
    const AdjustSetup setup{.home = &layout("DF"),
                            .trade = &layout("DT"),
                            .adjustment = &layout("SA"),
                            .settle_date = {0x20, 0x26, 0x11, 0x25}};
    const auto adjust_by = [&](const std::vector<std::string>& rows, const std::string& into) {
        std::string text = head;
        for (const auto& row : rows)
            text += row + "\r\n";
        std::filesystem::create_directories(scratch_.path() / into);
        return adjust(files, layout("FH"), scratch_.write("list", text), setup, scratch_.path() / into);
    };
    const auto taken_up = adjust_by({refused[0], refused[2]}, "adjusted");
    ASSERT_TRUE(taken_up) << taken_up.error().message;
    EXPECT_EQ(taken_up->count, 2U);
    std::multiset<std::string> serials;
    for (const auto& path : files_in(scratch_.path() / "adjusted", "")) {
        const bool is_home = path.filename().native().starts_with("DF");
        auto reader = RecordReader::open(path, layout(is_home ? "DF" : "SA")).value();
        std::vector<Transaction> all;
        std::vector<Fault> faults;
        ASSERT_FALSE(reader.read(all, keep(faults), 100).value());
        EXPECT_TRUE(faults.empty()) << path << faults[0].message();
        for (const auto& one : all) {
            serials.insert(fmt::format("{:010}", one.serial));
            EXPECT_EQ(core::to_hex(one.settle_date), "20261125");
            EXPECT_EQ(one.test, 1);
        }
    }
    const auto a = refused[0].substr(0, 10);
    const auto b = refused[2].substr(0, 10);
    EXPECT_EQ(serials, (std::multiset<std::string>{a, a, b, b})) << "once in SA, once in DF";

    EXPECT_THAT(adjust_by({refused[0], settled[0]}, "no1").error().message,
                HasSubstr("list: line 4: was settled already"));
    EXPECT_THAT(adjust_by({refused[0], refused[0]}, "no2").error().message,
                HasSubstr("list: line 4: stands there twice"));
    auto unknown = refused[1];
    unknown[60] = unknown[60] == '9' ? '8' : '9'; // the counter's last digit but one
    EXPECT_THAT(adjust_by({refused[0], unknown}, "no3").error().message, HasSubstr("line 4: the record of card"));
    for (const char* folder : {"no1", "no2", "no3"})
        EXPECT_TRUE(std::filesystem::is_empty(scratch_.path() / folder));
}

TEST_P(CheckTest, EveryRecordIsSplitToWhomItConcerns) {
    make("FH", 2000, {"all:3"});
    const auto files = files_in(scratch_.path() / "up", "FH");
    const auto findings = check_files("FH", files);
    const auto setup = split_setup();
    const auto made = split(files, layout("FH"), findings, setup, scratch_.path() / "down").value();
    EXPECT_EQ(made.settled.count + made.refused.count + made.bad_lines, findings.records);
    std::uint64_t settled = 0;
    std::uint64_t told = 0;
    std::set<std::uint64_t> serials;
    Amount home;
    EXPECT_TRUE(std::filesystem::exists(scratch_.path() / "down" / "EC26112300000000000001"));
    for (const auto& path : files_in(scratch_.path() / "down", "D")) {
        const bool is_home = path.filename().native().starts_with("DF");
        auto reader = RecordReader::open(path, layout(is_home ? "DF" : "DT")).value();
        std::vector<Transaction> all;
        std::vector<Fault> faults;
        ASSERT_FALSE(reader.read(all, keep(faults), 100'000).value());
        EXPECT_TRUE(faults.empty()) << path << faults[0].message();
        for (const auto& one : all) {
            if (is_home) {
                home.add(one);
                EXPECT_EQ(core::to_hex(one.home_city), path.filename().native().substr(8, 4));
                continue;
            }
            ++told;
            settled += core::to_hex(one.settle_state) == "000000";
            EXPECT_TRUE(serials.insert(one.serial).second);
        }
    }
    EXPECT_EQ(told, made.settled.count + made.refused.count);
    EXPECT_EQ(settled, made.settled.count);
    EXPECT_EQ(home.count, made.settled.count);
    EXPECT_EQ(home.sum, made.settled.sum);
}

TEST_P(CheckTest, ACityKnowsItsOwnCardsAlone) {
    make("FH", 600, {});
    core::MemoryKeyStore own(core::KeyOwner{cities[0]});
    ASSERT_TRUE(core::add_all(own, core::city_keys(store_, cities[0]).value()));
    keys_ = TacKeys::take(own).value();
    const auto findings = check_files("FH", files_in(scratch_.path() / "up", "FH"));
    std::uint64_t own_cards = 0;
    for (const auto& [key, amount] : findings.totals) {
        const auto& [trading, home, verdict] = key;
        EXPECT_EQ(verdict, home == cities[0] ? Verdict::accepted : Verdict::foreign_city);
        own_cards += home == cities[0] ? amount.count : 0;
    }
    EXPECT_GT(own_cards, 0U);
}

TEST_P(CheckTest, ErrorsThatALayoutCannotCarryAreRefused) {
    std::map<Plant, std::uint32_t> planted;
    const auto refused = read_plant("grey", layout("FH"), planted);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "--plant grey: files of layout FH cannot have it");
    const auto unknown = read_plant("tax:3", layout("FH"), planted);
    ASSERT_FALSE(unknown);
    EXPECT_THAT(unknown.error().message, HasSubstr("did you mean 'tac'?"));
    EXPECT_FALSE(read_plant("tac:0", layout("FH"), planted));
}

TEST(ListsTest, RubbishInABlacklistIsToldAndTheRestCounts) {
    const test::Scratch scratch;
    const auto path =
        scratch.write("b", "20261122000003\r\n0000200001010000000100\r\nrubbish\r\n0000100001010000000200\r\n");
    Layout any_name = layout("blacklist");
    any_name.file_name.clear();
    std::vector<Fault> faults;
    const auto cards = read_blacklist(path, any_name, keep(faults)).value();
    EXPECT_EQ(cards, (std::vector<std::uint64_t>{0x1000010100000002, 0x2000010100000001}));
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].message(), "line 3: a record has 22 characters, this one 7");
}

TEST(ListsTest, CitiesAreReadWithTheirPlace) {
    const test::Scratch scratch;
    EXPECT_EQ(read_cities(scratch.write("a", "2144 # Changchun\n\n1000\n")).value().size(), 2U);
    EXPECT_THAT(read_cities(scratch.write("b", "2144\n21A4\n")).error().message,
                HasSubstr("b:2: '21A4' is no city code of four digits"));
}

} // namespace
} // namespace tongka::harness::clearing
