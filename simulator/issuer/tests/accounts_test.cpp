#include <cstdlib>
#include <fstream>
#include <sqlite3.h>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "simulator/issuer/host/accounts.hpp"

namespace tongka::simulator {
namespace {

namespace fs = std::filesystem;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

constexpr Asn asn{0x21, 0x44, 0, 0, 0, 0, 0, 1};

class AccountsTest : public testing::Test {
protected:
    void SetUp() override {
        auto name = (fs::temp_directory_path() / "tongka-test-XXXXXX").string();
        ASSERT_NE(::mkdtemp(name.data()), nullptr);
        folder = name;
        file = folder / "book";
    }
    void TearDown() override { fs::remove_all(folder); }

    /// A book with one card, whose account holds 5000.
    [[nodiscard]] Accounts book() const {
        auto accounts = Accounts::open(file).value();
        EXPECT_TRUE(accounts.add_account("payer", 5000));
        EXPECT_TRUE(accounts.add_card({.asn = asn, .city = {0x21, 0x44}, .generation = 2, .account = "payer"}));
        return accounts;
    }
    static Load load(std::uint16_t counter, std::uint32_t amount, core::Byte random = 0) {
        return {.name = {.asn = asn, .type = 0x02, .counter = counter},
                .random = {random},
                .key_index = 1,
                .key_version = 2,
                .algorithm = 4,
                .amount = amount,
                .terminal = {1, 2, 3, 4, 5, 6},
                .date_time = {0x20, 0x26, 0x11, 0x22, 0x12, 0x00, 0x00},
                .old_balance = 0xFFFFFFFF,
                .challenge = {9, 8, 7, 6, 5, 4}};
    }
    static bool held(const core::Result<Decision<Load>>& result) {
        return std::holds_alternative<Load>(result.value());
    }
    static Refusal refusal(const core::Result<Decision<Load>>& result) { return std::get<Refusal>(result.value()); }

    void run_sql(const std::string& sql) const {
        sqlite3* database = nullptr;
        ASSERT_EQ(sqlite3_open(file.c_str(), &database), SQLITE_OK);
        EXPECT_EQ(sqlite3_exec(database, sql.c_str(), nullptr, nullptr, nullptr), SQLITE_OK)
            << sqlite3_errmsg(database);
        sqlite3_close(database);
    }
    [[nodiscard]] std::string why_not() const {
        const auto accounts = Accounts::open(file);
        if (accounts)
            return "";
        EXPECT_THAT(accounts.error().message, AllOf(StartsWith(file.string() + ": "), Not(HasSubstr("\n"))));
        return accounts.error().message.substr(file.string().size() + 2);
    }

    fs::path folder;
    fs::path file;
};

TEST_F(AccountsTest, RemembersFromOneProcessToTheNext) {
    {
        auto accounts = book();
        ASSERT_TRUE(held(accounts.hold(load(7, 1200))));
        ASSERT_TRUE(accounts.book(load(7, 0).name, {1, 2, 3, 4}, 4321));
        ASSERT_TRUE(accounts.deposit("payer", 10));
        ASSERT_TRUE(accounts.count_wrong_mac1(asn));
        ASSERT_TRUE(accounts.set_blocked(asn, true));
    }
    EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
    auto accounts = Accounts::open(file).value();
    EXPECT_EQ(accounts.balance("payer"), 3810U);
    const auto card = accounts.card(asn).value().value();
    EXPECT_EQ(card.generation, 2);
    EXPECT_EQ(card.account, "payer");
    EXPECT_TRUE(card.blocked);
    EXPECT_EQ(card.wrong_mac1, 1U);
    const auto found = accounts.find(load(7, 0).name).value().value();
    EXPECT_EQ(found.state, LoadState::booked);
    EXPECT_EQ(found.amount, 1200U);
    EXPECT_EQ(found.old_balance, 0xFFFFFFFF);
    EXPECT_EQ(found.new_balance, 4321U);
    EXPECT_EQ(found.tac, (core::Mac{1, 2, 3, 4}));
    EXPECT_EQ(found.terminal, load(7, 0).terminal);
    EXPECT_EQ(found.date_time, load(7, 0).date_time);
    EXPECT_EQ(found.challenge, load(7, 0).challenge);
}

TEST_F(AccountsTest, MoneyIsNeitherMadeNorLost) {
    auto accounts = book();
    const auto expect = [&](std::uint64_t free, std::uint64_t on_hold, std::uint64_t spent) {
        EXPECT_EQ(accounts.totals().value(), (Totals{.accounts = free, .held = on_hold, .booked = spent}));
    };
    ASSERT_TRUE(held(accounts.hold(load(1, 2000))));
    expect(3000, 2000, 0);
    ASSERT_TRUE(held(accounts.hold(load(1, 2000)))) << "the same again";
    expect(3000, 2000, 0);
    ASSERT_TRUE(accounts.dispute(load(1, 0).name));
    expect(3000, 2000, 0);
    ASSERT_TRUE(accounts.cancel(load(1, 0).name));
    expect(5000, 0, 0);
    EXPECT_FALSE(accounts.cancel(load(1, 0).name)) << "once";
    EXPECT_FALSE(accounts.book(load(1, 0).name, {}, 0)) << "what is cancelled is not booked";
    expect(5000, 0, 0);
    ASSERT_TRUE(held(accounts.hold(load(1, 5000, 0x77)))) << "all there is";
    expect(0, 5000, 0);
    ASSERT_TRUE(accounts.book(load(1, 0).name, {}, 0));
    expect(0, 0, 5000);
    EXPECT_FALSE(accounts.cancel(load(1, 0).name)) << "what is booked is not cancelled";
    EXPECT_FALSE(accounts.dispute(load(1, 0).name));
    EXPECT_EQ(refusal(accounts.hold(load(2, 1))), Refusal::not_enough_money);
    expect(0, 0, 5000);
}

TEST_F(AccountsTest, OnePurseHasOneOpenLoad) {
    auto accounts = book();
    ASSERT_TRUE(held(accounts.hold(load(1, 100))));
    EXPECT_EQ(refusal(accounts.hold(load(1, 101))), Refusal::other_content);
    EXPECT_EQ(refusal(accounts.hold(load(1, 100, 0x77))), Refusal::load_open);
    EXPECT_EQ(refusal(accounts.hold(load(2, 100, 0x78))), Refusal::load_open);
    auto of_deposit = load(1, 100);
    of_deposit.name.type = 0x01;
    EXPECT_TRUE(held(accounts.hold(of_deposit))) << "an ED has a counter of its own";
    ASSERT_TRUE(accounts.book(load(1, 0).name, {}, 0));
    EXPECT_EQ(refusal(accounts.hold(load(1, 100))), Refusal::load_booked);
    EXPECT_EQ(refusal(accounts.hold(load(1, 100, 0x77))), Refusal::counter_used);
    EXPECT_EQ(refusal(accounts.hold(load(0, 100))), Refusal::counter_used);
    EXPECT_TRUE(held(accounts.hold(load(2, 100))));
    EXPECT_EQ(accounts.open_load(asn, 0x02).value().value().name.counter, 2);
    EXPECT_EQ(accounts.loads(asn).value().size(), 3U);
}

TEST_F(AccountsTest, BadEntriesAreRefusedInOneLine) {
    auto accounts = book();
    const auto message = [&](const auto& result) {
        EXPECT_FALSE(result);
        return result ? "" : result.error().message;
    };
    const auto here = file.string() + ": ";
    EXPECT_EQ(message(accounts.add_account("payer", 1)), here + "there is an account 'payer' already");
    EXPECT_THAT(message(accounts.add_account("rich", ~std::uint64_t{0})), HasSubstr("cannot hold more"));
    EXPECT_THAT(message(accounts.deposit("payer", std::uint64_t{1} << 53)), HasSubstr("cannot hold more"));
    EXPECT_EQ(message(accounts.balance("nobody")), here + "there is no account 'nobody'");
    EXPECT_EQ(message(accounts.deposit("nobody", 1)), here + "there is no account 'nobody'");
    EXPECT_EQ(message(accounts.add_card({.asn = asn, .account = "payer"})),
              here + "card 2144000000000001 is there already");
    EXPECT_EQ(message(accounts.add_card({.asn = {}, .account = "nobody"})), here + "there is no account 'nobody'");
    EXPECT_EQ(message(accounts.set_blocked({}, true)), here + "there is no card 0000000000000000");
    EXPECT_EQ(message(accounts.cancel(load(3, 0).name)),
              here + "card 2144000000000001 has no open load 02 with counter 0003");
    EXPECT_EQ(accounts.totals().value(), (Totals{.accounts = 5000}));
}

TEST_F(AccountsTest, AFileOfAnotherMakeIsRefused) {
    std::ofstream(file) << "accounts: none\n";
    EXPECT_EQ(why_not(), "is no account book");
    std::ofstream(file, std::ios::trunc).flush();
    EXPECT_EQ(why_not(), "is no account book");
    fs::remove(file);
    run_sql("CREATE TABLE other(x)");
    EXPECT_EQ(why_not(), "is no account book");
    fs::remove(file);
    fs::create_directory(file);
    EXPECT_EQ(why_not(), "is no regular file");
}

TEST_F(AccountsTest, AFileOfAnotherVersionOrADamagedOneIsRefused) {
    (void)book();
    run_sql("PRAGMA user_version=3");
    EXPECT_EQ(why_not(), "is of version 3; this program knows version 2");
    run_sql("PRAGMA user_version=2");
    EXPECT_EQ(why_not(), "");
    run_sql("CREATE TABLE other(x)");
    EXPECT_THAT(why_not(), StartsWith("is damaged: "));
    run_sql("DROP TABLE other");
    EXPECT_EQ(why_not(), "");
    fs::resize_file(file, fs::file_size(file) - 4096);
    EXPECT_THAT(why_not(), StartsWith("is damaged: "));
}

TEST_F(AccountsTest, AFileInUseIsRefused) {
    const auto accounts = book();
    EXPECT_EQ(why_not(), "is in use already, by another process or by this one");
}

TEST_F(AccountsTest, AFolderThatIsNotThereIsTold) {
    file = folder / "none" / "book";
    EXPECT_THAT(why_not(), StartsWith("cannot be made: "));
}

} // namespace
} // namespace tongka::simulator
