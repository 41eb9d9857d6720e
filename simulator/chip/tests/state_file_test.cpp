#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <sqlite3.h>
#include <string>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/chip/state_file.hpp"

namespace tongka::simulator {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr auto card = "user card city-union 5f2a";

/// Bytes that tell which image they are, in a length that changes the number of the file's pages.
core::Bytes numbered_image(std::uint32_t number) {
    core::Bytes image(3000 + number % 7 * 2500);
    std::uint32_t value = number;
    for (auto& byte : image)
        byte = static_cast<core::Byte>((value = value * 1664525 + 1013904223) >> 24);
    core::write_big_endian(std::span(image).first(4), number);
    return image;
}

class StateFileTest : public testing::Test {
protected:
    void SetUp() override {
        auto name = (fs::temp_directory_path() / "tongka-test-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
        file = folder / "card.state";
    }
    void TearDown() override { fs::remove_all(folder); }

    static std::string content(const fs::path& path) {
        if (!fs::is_regular_file(path))
            return "";
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static void write(const fs::path& path, std::string_view bytes) {
        std::ofstream(path, std::ios::binary).write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    }
    [[nodiscard]] std::size_t entries() const {
        return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder), fs::directory_iterator()));
    }

    void save(const core::Bytes& image) const {
        auto state = StateFile::open(file, card);
        ASSERT_TRUE(state) << state.error().message;
        const auto saved = state->save(image);
        ASSERT_TRUE(saved) << saved.error().message;
    }
    [[nodiscard]] core::Result<std::optional<core::Bytes>> load() const {
        TONGKA_TRY(auto state, StateFile::open(file, card));
        return state.load();
    }

    /// Why the file is not opened; it and what lies beside it must stay as they are.
    [[nodiscard]] std::string refusal(const char* identity = card) const {
        const auto before = content(file);
        const auto journal = content(file.string() + "-journal");
        const auto names = entries();
        const auto state = StateFile::open(file, identity);
        EXPECT_EQ(content(file), before) << "touched";
        EXPECT_EQ(content(file.string() + "-journal"), journal) << "touched";
        EXPECT_EQ(entries(), names);
        if (state)
            return "";
        EXPECT_THAT(state.error().message, AllOf(StartsWith(file.string() + ": "), Not(HasSubstr("\n"))));
        return state.error().message.substr(file.string().size() + 2);
    }

    void run_sql(const std::string& sql) const {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        sqlite3_close(database);
    }

    /// The file and its journal as a process leaves them that is killed half-way through a save.
    void interrupt_a_save() const {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
        // So small a cache has pages written before the commit.
        ASSERT_EQ(sqlite3_exec(database,
                               "PRAGMA cache_size=1; BEGIN; UPDATE state SET image=randomblob(40000);"
                               "UPDATE state SET image=randomblob(60000)",
                               nullptr, nullptr, nullptr),
                  SQLITE_OK);
        const auto half = content(file);
        const auto journal = content(file.string() + "-journal");
        sqlite3_close(database);
        ASSERT_NE(content(file), half);
        write(file, half);
        write(file.string() + "-journal", journal);
    }

    fs::path folder;
    fs::path file;
};

TEST_F(StateFileTest, ANewFileHoldsNothing) {
    const auto image = load();
    ASSERT_TRUE(image) << image.error().message;
    EXPECT_FALSE(image->has_value());
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write) << "keys are in it";
    EXPECT_EQ(entries(), 1U) << "nothing else is left";
}

TEST_F(StateFileTest, GivesBackWhatWasSavedLast) {
    for (const std::size_t size : {1, 0, 70000, 10, 4096}) {
        const core::Bytes image(size, 0xA5);
        auto state = StateFile::open(file, card);
        ASSERT_TRUE(state) << state.error().message;
        ASSERT_TRUE(state->save(numbered_image(1)));
        ASSERT_TRUE(state->save(image));
        EXPECT_EQ(state->load(), image);
        const auto moved = std::move(state);
        state = core::fail("closed");
    }
    save(numbered_image(7));
    EXPECT_EQ(load(), numbered_image(7));
    EXPECT_EQ(load(), numbered_image(7)) << "reading changes nothing";
    EXPECT_EQ(entries(), 1U) << "no journal stays beside a file that was closed";
}

TEST_F(StateFileTest, RefusesTheStateOfAnother) {
    save(numbered_image(1));
    EXPECT_EQ(refusal("psam 2144"), "belongs to user card city-union 5f2a, not to psam 2144");
    EXPECT_EQ(load(), numbered_image(1));
}

TEST_F(StateFileTest, RefusesANewerVersion) {
    save(numbered_image(1));
    run_sql("PRAGMA user_version=2; ALTER TABLE state ADD COLUMN more");
    EXPECT_EQ(refusal(), "is of version 2; this program knows versions up to 1");
    run_sql("PRAGMA journal_mode=WAL");
    EXPECT_EQ(refusal(), "is of version 2; this program knows versions up to 1");
}

TEST_F(StateFileTest, RefusesWhatIsNoStateFile) {
    write(file, "");
    EXPECT_EQ(refusal(), "is empty, which a state file never is");
    write(file, "profile: city-union\n");
    EXPECT_EQ(refusal(), "is no state file");
    write(file, std::string(10000, '\0'));
    EXPECT_EQ(refusal(), "is no state file");
    fs::remove(file);
    run_sql("CREATE TABLE t(x)");
    EXPECT_EQ(refusal(), "is no state file") << "a database of something else";
    fs::remove(file);
    fs::create_directory(file);
    EXPECT_EQ(refusal(), "is no regular file");
}

TEST_F(StateFileTest, RefusesAFileThatIsCutAnywhere) {
    save(numbered_image(3));
    const auto whole = content(file);
    for (std::size_t size = 0; size < whole.size(); size += size < 110 ? 1 : 97) {
        write(file, whole.substr(0, size));
        EXPECT_NE(refusal(), "") << size;
    }
    write(file, whole.substr(0, whole.size() - 1));
    EXPECT_NE(refusal(), "");
    write(file, whole);
    EXPECT_EQ(load(), numbered_image(3));
}

TEST_F(StateFileTest, FindsEveryAlteredByteThatMatters) {
    save(numbered_image(5)); // leaves free pages behind
    save(numbered_image(1));
    const auto whole = content(file);
    unsigned tried = 0;
    unsigned refused = 0;
    for (std::size_t at = 0; at < whole.size(); at += at < 128 ? 1 : 37)
        for (const int flip : {0x01, 0x80, 0xFF}) {
            if (at >= 128 && flip != 0xFF)
                continue;
            auto altered = whole;
            altered[at] = static_cast<char>(altered[at] ^ flip);
            write(file, altered);
            ++tried;
            if (refusal() != "") {
                ++refused;
                continue;
            }
            EXPECT_EQ(load(), numbered_image(1)) << at;
            if (at >= 100 || flip != 0xFF)
                continue;
            save(numbered_image(2));
            EXPECT_EQ(load(), numbered_image(2)) << at;
        }
    EXPECT_GE(tried, 600U);
    EXPECT_GE(refused, 200U);
    RecordProperty("tried", static_cast<int>(tried));
    RecordProperty("refused", static_cast<int>(refused));
}

TEST_F(StateFileTest, IsOpenOnce) {
    auto state = StateFile::open(file, card);
    ASSERT_TRUE(state) << state.error().message;
    const auto in_use = "is in use already, by another process or by this one";
    EXPECT_EQ(refusal(), in_use) << "in this process";
    ASSERT_TRUE(state->save(numbered_image(1)));
    EXPECT_EQ(refusal(), in_use);

    const auto other = ::fork();
    if (other == 0) {
        const auto second = StateFile::open(file, card);
        ::_exit(!second && second.error().message == file.string() + ": " + in_use ? 0 : 1);
    }
    int status = -1;
    ASSERT_EQ(::waitpid(other, &status, 0), other);
    EXPECT_EQ(status, 0) << "in another process";
    ASSERT_TRUE(state->save(numbered_image(2))) << "the first goes on";

    state = core::fail("closed");
    EXPECT_EQ(load(), numbered_image(2));
}

TEST_F(StateFileTest, RefusesAFolderThatDoesNotExist) {
    file = folder / "none" / "card.state";
    const auto state = StateFile::open(file, card);
    ASSERT_FALSE(state);
    EXPECT_EQ(state.error().message, file.string() + ": cannot be made: No such file or directory");
}

TEST_F(StateFileTest, RefusesAReadOnlyFile) {
    save(numbered_image(1));
    fs::permissions(file, fs::perms::owner_read);
    EXPECT_EQ(refusal(), "is read-only");
}

TEST_F(StateFileTest, UndoesASaveThatWasInterrupted) {
    save(numbered_image(4));
    interrupt_a_save();
    EXPECT_EQ(load(), numbered_image(4));
    EXPECT_EQ(load(), numbered_image(4));
}

TEST_F(StateFileTest, LeavesAnInterruptedSaveAloneWhereTheRestIsDamaged) {
    save(numbered_image(4));
    interrupt_a_save();
    EXPECT_THAT(refusal("psam 2144"), StartsWith("belongs to")) << "of another: not even undone";
    const auto journal = file.string() + "-journal";
    const auto whole = content(journal);
    // The pages of the old image lie in the journal: cut, it can no longer give them back.
    write(journal, whole.substr(0, whole.size() / 2));
    EXPECT_THAT(refusal(), StartsWith("is damaged"));
    write(journal, whole);
    EXPECT_EQ(load(), numbered_image(4));
}

TEST_F(StateFileTest, ANewFileTakesNothingFromTheJournalOfOneThatWasRemoved) {
    save(numbered_image(4));
    interrupt_a_save();
    fs::remove(file);
    const auto image = load();
    ASSERT_TRUE(image) << image.error().message;
    EXPECT_FALSE(image->has_value());
}

/// Saves numbered images from `number` on, and reports each when it is saved, until it is killed.
[[noreturn]] void save_for_ever(const fs::path& file, std::uint32_t number, int reports) {
    auto state = StateFile::open(file, card);
    while (state && state->save(numbered_image(number))) {
        if (::write(reports, &number, sizeof number) != sizeof number)
            break;
        ++number;
    }
    ::_exit(1);
}

TEST_F(StateFileTest, AKilledProcessLeavesTheImageOfBeforeOrAfter) {
    const auto seed = std::random_device{}();
    SCOPED_TRACE(seed);
    std::mt19937 random(seed);
    std::uint32_t last = 0;
    for (int round = 0; round < 50; ++round) {
        int pipe[2];
        ASSERT_EQ(::pipe(pipe), 0);
        const auto child = ::fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            ::close(pipe[0]);
            save_for_ever(file, last + 1, pipe[1]);
        }
        ::close(pipe[1]);
        const auto report = [&] { return ::read(pipe[0], &last, sizeof last) == sizeof last; };
        using Clock = std::chrono::steady_clock;
        auto spent = Clock::duration::zero();
        for (auto left = 1 + random() % 10; left > 0; --left) {
            const auto start = Clock::now();
            ASSERT_TRUE(report()) << "the child gave up in round " << round;
            spent = Clock::now() - start;
        }
        // Any moment of the next save, not its beginning alone.
        const auto moment = Clock::now() + spent * (random() % 100) / 100;
        while (Clock::now() < moment) {
        }
        ::kill(child, SIGKILL);
        while (report()) {
        }
        ::close(pipe[0]);
        int status = 0;
        ASSERT_EQ(::waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status)) << "the child gave up in round " << round;

        const auto image = load();
        ASSERT_TRUE(image) << image.error().message;
        ASSERT_TRUE(image->has_value());
        const auto number = static_cast<std::uint32_t>(core::read_big_endian(core::BytesView(**image).first(4)));
        EXPECT_EQ(**image, numbered_image(number)) << "not whole";
        EXPECT_GE(number, last) << "what was reported is lost";
        EXPECT_LE(number, last + 1);
        last = number;
    }
}

} // namespace
} // namespace tongka::simulator
