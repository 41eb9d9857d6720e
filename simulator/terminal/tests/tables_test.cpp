#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "simulator/terminal/tables.hpp"

namespace tongka::simulator {
namespace {

using testing::HasSubstr;

TerminalParameters example() {
    TerminalParameters parameters;
    parameters.city = {0x21, 0x44};
    parameters.industry = {0x03, 0x01};
    parameters.types = {{.main_type = 0x01,
                         .sub_type = 0x02,
                         .name = "student",
                         .sale = true,
                         .load = false,
                         .first_minimum = 1000,
                         .unit = 100,
                         .most_load = 50'000,
                         .most_balance = 100'000,
                         .extension_days = 365,
                         .minimum_balance = 200,
                         .most_overdraft = 700},
                        {.main_type = 0x01, .sub_type = 0x01, .name = "ordinary"}};
    parameters.discounts = {{.operator_code = {1, 2, 3}, .minutes = 90, .percent = 50, .amount = 10}};
    parameters.blacklist.add(Blacklist::Card{0x71, 0x00, 0x03, 0x01, 0x71, 0, 1, 1, 0, 0, 0, 9});
    parameters.blacklist.add(Blacklist::Card{0x21, 0x44, 0x03, 0x01, 0x21, 0x44, 0, 0, 0, 0, 0, 7});
    return parameters;
}

TEST(TablesTest, GoThereAndBack) {
    const auto parameters = example();
    TerminalParameters read;
    for (const auto& table : make_tables(parameters, {0x20, 0x26, 0x11, 0x22})) {
        const auto again = TableFile::decode(table.encode());
        ASSERT_TRUE(again) << again.error().message;
        EXPECT_EQ(again->made_on, table.made_on);
        const auto applied = apply_table(*again, read);
        ASSERT_TRUE(applied) << applied.error().message;
    }
    EXPECT_EQ(read.blacklist.cards(), parameters.blacklist.cards());
    ASSERT_EQ(read.types.size(), 2U);
    const auto& type = read.types[0];
    EXPECT_EQ(type.name, "student");
    EXPECT_TRUE(type.sale);
    EXPECT_FALSE(type.load);
    EXPECT_EQ(type.first_minimum, 1000);
    EXPECT_EQ(type.unit, 100);
    EXPECT_EQ(type.most_load, 50'000U);
    EXPECT_EQ(type.most_balance, 100'000U);
    EXPECT_EQ(type.extension_days, 365U);
    EXPECT_EQ(type.minimum_balance, 200);
    EXPECT_EQ(type.most_overdraft, 700);
    ASSERT_EQ(read.discounts.size(), 1U);
    EXPECT_EQ(read.discounts[0].minutes, 90);
}

// The records as clauses.md F has them.
TEST(TablesTest, RecordsHaveTheirPublicForm) {
    const auto tables = make_tables(example(), {});
    EXPECT_EQ(core::to_hex(tables[0].sections[0].records[0]), "214403012144000000000007") << "ascending";
    EXPECT_EQ(core::to_hex(tables[1].sections[0].records[0]), "0301020173747564656E74202020202020202020"
                                                              "0100000000000000000000000000");
    EXPECT_EQ(core::to_hex(tables[2].sections[0].records[0]), "01020173747564656E74202020202020202020000080");
    EXPECT_EQ(core::to_hex(tables[3].sections[0].records[0]), "01020173747564656E74202020202020202020"
                                                              "0100E803640050C30000A08601006D010000");
    EXPECT_EQ(core::to_hex(tables[4].sections[0].records[0]), "0102010000C800BC020000000000000000");
    EXPECT_EQ(core::to_hex(tables[5].sections[0].records[0]), "0102035A0032000A000000000000000000000000");
}

TEST(TablesTest, DamageIsToldWithItsByte) {
    const auto good = make_tables(example(), {})[0].encode();
    for (std::size_t size = 0; size < good.size(); ++size)
        EXPECT_FALSE(TableFile::decode(core::BytesView(good).first(size))) << size;
    for (std::size_t at = 32; at < good.size(); ++at) {
        auto spoilt = good;
        spoilt[at] ^= 0x01;
        EXPECT_THAT(TableFile::decode(spoilt).error().message, HasSubstr("byte 18: the CRC does not fit"));
    }
    auto longer = good;
    longer.push_back(0);
    EXPECT_THAT(TableFile::decode(longer).error().message, HasSubstr("byte 14: tells a size of"));
}

TEST(TablesTest, ABlacklistThatDoesNotAscendIsRefused) {
    auto table = make_tables(example(), {})[0];
    std::swap(table.sections[0].records[0], table.sections[0].records[1]);
    TerminalParameters parameters;
    EXPECT_THAT(apply_table(table, parameters).error().message, HasSubstr("record 2: comes before the one above it"));
    table.id = {0x19, 0x99};
    EXPECT_THAT(apply_table(table, parameters).error().message, HasSubstr("table 1999 is not known"));
}

} // namespace
} // namespace tongka::simulator
