#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

std::string test_case(const std::string& id, const std::string& more, const std::string& sw) {
    return "- id: " + id + "\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n  device: card\n" + more +
           "  steps:\n    - send: \"00 84 00 00 04\"\n      expect: \"" + sw + " *\"\n";
}

const std::string destructive = "  destructive: {zh: 毁, en: it is gone}\n";
const std::string cases =
    test_case("first", destructive, "9000") + test_case("second", "", "9000") + test_case("third", destructive, "9000");

std::vector<std::string> order(const Ran& ran) {
    std::vector<std::string> ids;
    for (const auto& verdict : ran.of_kind("verdict"))
        ids.push_back(verdict.at("case"));
    return ids;
}

TEST(Destructive, CasesComeLast) {
    const auto ran = run_suite(suite_of(cases), simulated_devices());
    EXPECT_EQ(order(ran), (std::vector<std::string>{"second", "first", "third"}));
    EXPECT_EQ(ran.totals.pass, 3U);
}

TEST(Destructive, ASimulatedDeviceIsNewForEach) {
    const std::string blocking = "- id: blocks\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n"
                                 "  device: card\n" +
                                 destructive +
                                 "  steps:\n    - repeat: 3\n      send: \"00 20 00 00 [000000]\"\n      expect: any\n"
                                 "    - send: \"00 20 00 00 [123456]\"\n      expect: \"6983\"\n";
    const std::string select = "  setup:\n    - send: \"00 A4 04 00 [A00000000386980701] 00\"\n      expect: any\n";
    auto text = blocking;
    text.insert(text.find("  steps:"), select);
    auto again = text;
    again.replace(again.find("blocks"), 6, "blocked");
    EXPECT_EQ(run_suite(suite_of(text + again), simulated_devices()).totals.pass, 2U);
}

/// A sample that there is one of.
class OnlySample final : public Device {
public:
    const Identity& identity() const override { return identity_; }
    core::Result<void> reset() override { return {}; }
    core::Result<core::Bytes> answer_to_reset() override { return core::Bytes{0x3B, 0x00}; }
    core::Result<core::Bytes> transmit(core::BytesView) override { return core::Bytes{0x90, 0x00}; }

private:
    Identity identity_;
};

Devices only_sample() {
    Devices devices;
    devices.card = std::make_unique<OnlySample>();
    return devices;
}

TEST(Destructive, ASampleThatWasNotOfferedIsLeftWhole) {
    const auto ran = run_suite(suite_of(cases), only_sample());
    EXPECT_EQ(order(ran), std::vector<std::string>{"second"});
    EXPECT_EQ(ran.totals.not_run, 2U);
    for (const auto& planned : ran.of_kind("case"))
        if (planned.at("id") != "second") {
            EXPECT_EQ(planned.at("reason").at("en"), "it wants a sample offered for it (--destructive): it is gone");
        }
}

TEST(Destructive, ASampleBearsOneSuchCase) {
    const auto ran = run_told(suite_of(cases), only_sample(), {.may_destroy = true});
    EXPECT_EQ(order(ran), (std::vector<std::string>{"second", "first"}));
    EXPECT_EQ(ran.totals.not_run, 1U);
}

} // namespace
} // namespace tongka::harness
