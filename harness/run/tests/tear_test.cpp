#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

/// A case of a user card with these steps.
std::string case_of(const std::string& steps) {
    return "- id: torn\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n  device: card\n  steps:\n"
           "    - send: \"00 A4 04 00 [A00000000386980701] 00\"\n" +
           steps;
}

/// VERIFY with a wrong PIN, which takes a try: its writes are the journal, the mark, the counter, the mark taken away.
std::string wrong_pin(const std::string& more) {
    return "    - {send: \"00 20 00 00 [000000]\", " + more + "}\n" +
           (more.find("tear") != std::string::npos ? "    - send: \"00 A4 04 00 [A00000000386980701] 00\"\n" : "");
}

TEST(Tear, TheAnswerIsLostAndTheDeviceHasPowerAgain) {
    const auto ran = run_suite(suite_of(case_of(wrong_pin("tear: {before-write: 1}") + wrong_pin("expect: 63C2"))),
                               simulated_devices());
    EXPECT_EQ(ran.of_kind("verdict").front().at("verdict"), "pass") << ran.text;
    const auto exchanges = ran.of_kind("exchange");
    ASSERT_EQ(exchanges.size(), 4U);
    EXPECT_EQ(exchanges[1].at("response"), "");
    EXPECT_EQ(exchanges[1].at("reason"), "the power was cut before write 1, as the case asks");
    EXPECT_EQ(ran.of_kind("reset").size(), 2U) << "one before the case, one behind the tear";
    EXPECT_EQ(ran.of_kind("check").size(), 3U) << "a tear checks nothing";
}

TEST(Tear, FromTheMarkOfTheTransactionOnTheTryIsGone) {
    const auto ran = run_suite(suite_of(case_of(wrong_pin("tear: {after-write: 2}") + wrong_pin("expect: 63C1"))),
                               simulated_devices());
    EXPECT_EQ(ran.of_kind("verdict").front().at("verdict"), "pass") << ran.text;
}

TEST(Tear, AWriteThatNeverComesLeavesTheCaseInconclusive) {
    const auto ran = run_suite(suite_of(case_of(wrong_pin("tear: {after-write: 1000}") + wrong_pin("expect: 63C1"))),
                               simulated_devices());
    const auto verdict = ran.of_kind("verdict").front();
    EXPECT_EQ(verdict.at("verdict"), "inconclusive");
    EXPECT_EQ(verdict.at("reason").at("en"),
              "the device answered 63C2 before it came to write 1000: its power was not cut");
    EXPECT_EQ(ran.totals.inconclusive, 1U);
}

/// Answers everything with 9000, and keeps its power.
class SteadyDevice final : public Device {
public:
    SteadyDevice() { identity_.spec = "pcsc:reader"; }
    const Identity& identity() const override { return identity_; }
    core::Result<void> reset() override { return {}; }
    core::Result<core::Bytes> answer_to_reset() override { return core::Bytes{0x3B, 0x00}; }
    core::Result<core::Bytes> transmit(core::BytesView) override { return core::Bytes{0x90, 0x00}; }

private:
    Identity identity_;
};

TEST(Tear, ADeviceThatCannotBeTornDoesNotRunTheCase) {
    Devices devices;
    devices.card = std::make_unique<SteadyDevice>();
    const auto ran = run_suite(suite_of(case_of(wrong_pin("tear: {after-write: 1}"))), devices);
    EXPECT_EQ(ran.totals.not_run, 1U);
    EXPECT_TRUE(ran.of_kind("exchange").empty());
    const auto planned = ran.of_kind("case").front();
    EXPECT_EQ(planned.at("selection"), "not-run");
    EXPECT_EQ(planned.at("reason").at("en"), "pcsc:reader cannot be torn at a write to its memory (sim: devices can)");
    EXPECT_EQ(run_suite(suite_of(case_of("    - send: \"80 CA 00 00 09\"\n")), devices).totals.pass, 1U);
}

} // namespace
} // namespace tongka::harness
