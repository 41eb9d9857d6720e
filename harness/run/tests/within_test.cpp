#include "harness/run/stopwatch.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

using namespace std::chrono_literals;

TEST(Stopwatch, TakesTheReadersShareOff) {
    Stopwatch stopwatch;
    stopwatch.set_latency(Role::card, 10ms);
    stopwatch.count(Role::card, 500ms); // before what is judged
    const auto before = stopwatch.now();
    stopwatch.count(Role::card, 210ms);
    stopwatch.count(Role::card, 210ms);
    stopwatch.count(Role::psam, 5ms);
    const auto well = stopwatch.judge(before, 405ms);
    EXPECT_TRUE(well.pass);
    EXPECT_EQ(well.received, "405.0 ms: 425.0 ms in 3 exchanges, less 20.0 ms of the reader");
    const auto late = stopwatch.judge(before, 404ms);
    EXPECT_FALSE(late.pass);
    EXPECT_EQ(late.message.en, "it took 405.0 ms, and may take 404.0 ms");
}

TEST(Stopwatch, ASimulatedDeviceHasNoReader) {
    auto devices = simulated_devices();
    EXPECT_EQ(measure_latency(*devices.card).value(), 0us);
}

/// Answers with 9000, and says that it took a while.
class SlowDevice final : public Device {
public:
    const Identity& identity() const override { return identity_; }
    core::Result<void> reset() override { return {}; }
    core::Result<core::Bytes> answer_to_reset() override { return core::Bytes{0x3B, 0x00}; }
    core::Result<core::Bytes> transmit(core::BytesView) override { return core::Bytes{0x90, 0x00}; }
    std::chrono::microseconds pretended_delay() const override { return 90s; }
    bool is_real() const override { return false; }

private:
    Identity identity_;
};

nlohmann::json verdict_within(const std::string& within) {
    Devices devices;
    devices.card = std::make_unique<SlowDevice>();
    const auto ran = run_suite(suite_of("- id: timed\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n"
                                        "  device: card\n  steps:\n    - steps:\n        - send: \"00 84 00 00 04\"\n"
                                        "        - send: \"00 84 00 00 04\"\n      within: " +
                                        within + "\n"),
                               devices);
    return ran.of_kind("verdict").front();
}

TEST(Within, AStepsExchangesAreCountedTogether) {
    EXPECT_EQ(verdict_within("181 s").at("verdict"), "pass");
    const auto late = verdict_within("179 s");
    EXPECT_EQ(late.at("verdict"), "fail");
    EXPECT_NE(late.at("reason").at("en").get<std::string>().find("and may take 179000.0 ms"), std::string::npos);
}

TEST(Within, TheProfileSetsLimits) {
    EXPECT_NE(verdict_within("load").at("reason").at("en").get<std::string>().find("and may take 1000.0 ms"),
              std::string::npos);
    auto profile = core::parse_profile("profile: x\ncard: {}\nlimits: {purchase: soon}\n", "p.yaml");
    EXPECT_FALSE(profile);
    const auto wrong = parse_suite({{"- id: timed\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n"
                                     "  device: card\n  steps:\n    - send: \"00 84 00 00 04\"\n      within: lod\n",
                                     "f", "cjt304"}},
                                   {});
    EXPECT_EQ(wrong.error().message, "f:7:15: 'lod' is no duration, such as 400 ms or 1 s, and no limit of profiles: "
                                     "did you mean 'load'?");
}

} // namespace
} // namespace tongka::harness
