#include <gtest/gtest.h>

#include "cli/lab/layout.hpp"

namespace tongka::cli {
namespace {

std::vector<Device> devices_of(std::initializer_list<DeviceKind> kinds) {
    std::vector<Device> devices;
    for (auto kind : kinds)
        devices.push_back({kind, "", nullptr});
    return devices;
}

std::vector<std::string> readers_of(std::initializer_list<DeviceKind> kinds) {
    auto layout = plan_readers(devices_of(kinds));
    EXPECT_TRUE(layout);
    std::vector<std::string> readers;
    for (const auto& place : layout->places)
        readers.push_back(place.reader);
    return readers;
}

constexpr auto card = DeviceKind::card;
constexpr auto psam = DeviceKind::psam;

TEST(Layout, GivesCardAndPsamReadersOfTheirOwnName) {
    EXPECT_EQ(readers_of({card, psam}), (std::vector<std::string>{"Tongka Card 00 00", "Tongka PSAM 00 00"}));
}

TEST(Layout, PutsTwoOfAKindIntoOneBlock) {
    EXPECT_EQ(readers_of({card, psam, card, card, DeviceKind::echo}),
              (std::vector<std::string>{"Tongka Card 00 00", "Tongka PSAM 00 00", "Tongka Card 00 01",
                                        "Tongka Card B 00 00", "Tongka Echo 00 00"}));
}

TEST(Layout, FillsSixteenReadersAndNoMore) {
    std::vector<Device> devices;
    for (int i = 0; i < 16; ++i)
        devices.push_back({card, "", nullptr});
    ASSERT_TRUE(plan_readers(devices));
    EXPECT_EQ(plan_readers(devices)->places.back().reader, "Tongka Card H 00 01");
    devices.push_back({psam, "", nullptr});
    EXPECT_FALSE(plan_readers(devices));
}

TEST(Layout, IsWrittenAsPcscdReadsIt) {
    auto layout = plan_readers(devices_of({card, psam}));
    ASSERT_TRUE(layout);
    std::vector<Wiring> wiring{{0x8C7B, "/proc/self/fd/16"}, {0x8C7D, "/proc/self/fd/17"}};
    EXPECT_EQ(reader_configuration(*layout, wiring, Direction::listens), "FRIENDLYNAME \"Tongka Card\"\n"
                                                                         "DEVICENAME /dev/null:0x8C7B\n"
                                                                         "LIBPATH /proc/self/fd/16\n"
                                                                         "CHANNELID 0x8C7B\n\n"
                                                                         "FRIENDLYNAME \"Tongka PSAM\"\n"
                                                                         "DEVICENAME /dev/null:0x8C7D\n"
                                                                         "LIBPATH /proc/self/fd/17\n"
                                                                         "CHANNELID 0x8C7D\n\n");
    EXPECT_NE(reader_configuration(*layout, wiring, Direction::connects_out).find("DEVICENAME 127.0.0.1:0x8C7D\n"),
              std::string::npos);
}

} // namespace
} // namespace tongka::cli
