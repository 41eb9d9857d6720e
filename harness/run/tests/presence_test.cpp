#include <map>
#include <set>

#include "harness/run/presence.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

using Outcome = Presence::Result;

const Proformas& proformas() {
    static const auto loaded = Proformas::load(TONGKA_SOURCE_DIR "/testcases/proforma").value();
    return loaded;
}

std::vector<Presence> presences(const Devices& devices, const Setting& setting) {
    return check_presence(proformas(), setting.declaration, devices, setting.profile, core::SystemClock()).value();
}

class PresenceTest : public testing::TestWithParam<std::string> {};

TEST_P(PresenceTest, TheDeclarationAgreesWithTheSimulatedDevices) {
    const auto setting = setting_of(GetParam());
    const auto devices = simulated_devices({}, setting.profile);
    std::size_t shown = 0;
    for (const auto& one : presences(devices, setting)) {
        EXPECT_TRUE(one.result == Outcome::agrees || one.result == Outcome::not_testable)
            << one.item->key << ": " << one.text.en;
        shown += one.result == Outcome::agrees;
    }
    EXPECT_GE(shown, 12U);
}

/// What agrees would not agree with the opposite claim, as far as that claim can be told at all.
TEST_P(PresenceTest, AClaimThatIsTurnedRoundIsFound) {
    auto setting = setting_of(GetParam());
    const auto devices = simulated_devices({}, setting.profile);
    for (const auto& right : presences(devices, setting)) {
        if (right.result != Outcome::agrees)
            continue;
        const auto& key = right.item->key;
        setting.declaration.claims[key] = !right.declared;
        for (const auto& one : presences(devices, setting))
            if (one.item->key == key && key != "ED-AT-ITS-END") {
                EXPECT_EQ(one.result, right.declared ? Outcome::undeclared : Outcome::absent) << key;
            }
        setting.declaration.claims[key] = right.declared;
    }
}

/// What a card remembers is the same before and after.
TEST_P(PresenceTest, ProbesChangeNothing) {
    const auto setting = setting_of(GetParam());
    const Folder folder;
    const auto kept = [&](const std::string& name) {
        std::ifstream file(folder.file(name), std::ios::binary);
        return std::string(std::istreambuf_iterator<char>(file), {});
    };
    Devices devices;
    OpenOptions options;
    std::map<std::string, std::string> before;
    const auto open = [&](const char* name, Role role) {
        options.state = folder.file(name);
        auto device = open_device("sim:" + std::string(name), role, setting.profile, options).value();
        before[name] = kept(name);
        EXPECT_FALSE(before[name].empty());
        return device;
    };
    devices.card = open("card", Role::card);
    devices.psam = open("psam", Role::psam);
    devices.isam = open("isam", Role::isam);
    (void)presences(devices, setting);
    for (const auto& [name, bytes] : before)
        EXPECT_TRUE(kept(name) == bytes) << name;
}

INSTANTIATE_TEST_SUITE_P(Profiles, PresenceTest, testing::ValuesIn(names_of_profiles()), [](const auto& parameter) {
    auto name = parameter.param;
    std::ranges::replace(name, '-', '_');
    return name;
});

TEST(Presence, ABlankCardHasNothing) {
    const auto setting = setting_of("city-union");
    Devices devices;
    devices.card = open_device("sim:blank", Role::card, setting.profile, {}).value();
    std::map<std::string, Outcome> results;
    for (const auto& one : presences(devices, setting))
        results[one.item->key] = one.result;
    EXPECT_EQ(results.at("PSE"), Outcome::absent);
    EXPECT_EQ(results.at("EP"), Outcome::not_testable); // there is no application to look into
    EXPECT_FALSE(results.contains("PSAM"));
}

} // namespace
} // namespace tongka::harness
