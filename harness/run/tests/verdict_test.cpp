#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

/// A case of these steps (each line of them indented by four), covering a verified requirement unless told otherwise.
std::string test_case(const std::string& steps, const std::string& covers = "304-SEC-001") {
    return "- id: tried\n  title: {zh: 题, en: title}\n  covers: [" + covers + "]\n  device: card\n" + steps;
}

nlohmann::json words(const std::string& zh, const std::string& en) {
    return {{"zh", zh}, {"en", en}};
}

nlohmann::json verdict_of(const std::string& cases, const Devices& devices = simulated_devices()) {
    const auto ran = run_suite(suite_of(cases), devices);
    return ran.of_kind("verdict").front();
}

TEST(Verdict, AFailedCheckOfTheStepsIsAFail) {
    const auto ran = run_suite(
        suite_of(test_case("  steps:\n    - send: \"80 CA 00 00 09\"\n      expect: \"6A82\"\n")), simulated_devices());
    const auto verdict = ran.of_kind("verdict").front();
    EXPECT_EQ(verdict.at("verdict"), "fail");
    EXPECT_EQ(verdict.at("observation"), false);
    const auto told = words("状态字为9000，应为6A82", "the status word is 9000, not 6A82");
    EXPECT_EQ(verdict.at("reason"), told);
    EXPECT_EQ(ran.of_kind("check").front().at("message"), told);
}

TEST(Verdict, WhatBreaksInferredRequirementsAloneIsAnObservation) {
    std::string inferred;
    for (const auto& requirement : our_suite().catalogue.requirements())
        if (requirement.is_inferred() && requirement.standard == "cjt304")
            inferred = requirement.id;
    ASSERT_FALSE(inferred.empty());
    const std::string step = "  steps:\n    - send: \"80 CA 00 00 09\"\n      expect: \"6A82\"\n";
    EXPECT_EQ(verdict_of(test_case(step, inferred)).at("observation"), true);
    EXPECT_EQ(verdict_of(test_case(step, inferred + ", 304-SEC-001")).at("observation"), false);
    EXPECT_EQ(verdict_of(test_case(step + "      requirement: " + inferred + "\n", inferred + ", 304-SEC-001"))
                  .at("observation"),
              true)
        << "the step says which of the two it is about";
}

TEST(Verdict, WhatFailsInTheSetupIsInconclusive) {
    const auto verdict = verdict_of(test_case("  setup:\n    - send: \"80 CA 00 00 09\"\n      expect: \"6A82\"\n"
                                              "  steps:\n    - send: \"80 CA 00 00 09\"\n"));
    EXPECT_EQ(verdict.at("verdict"), "inconclusive");
    EXPECT_EQ(verdict.at("reason"),
              words("准备阶段：状态字为9000，应为6A82", "setup: the status word is 9000, not 6A82"));
}

TEST(Verdict, ACaseThatCheckedNothingIsInconclusive) {
    const auto verdict = verdict_of(test_case("  steps:\n    - send: \"80 CA 00 00 09\"\n      expect: any\n"));
    EXPECT_EQ(verdict.at("verdict"), "inconclusive");
    EXPECT_EQ(verdict.at("checks"), 0);
    EXPECT_EQ(verdict.at("reason"), words("没有做任何检查", "nothing was checked"));
}

TEST(Verdict, WhatTheProfileDoesNotHaveIsAnError) {
    const auto verdict = verdict_of(test_case("  vars: {k: key(DULK)}\n  steps:\n    - let: {m: \"mac(k, 00)\"}\n"
                                              "    - check: m == m\n"));
    EXPECT_EQ(verdict.at("verdict"), "error");
    EXPECT_NE(verdict.at("reason").get<std::string>().find("the profile has no key DULK.00 of the card"),
              std::string::npos);
}

TEST(Verdict, TheCleanupAlwaysRunsAndItsFailureIsTold) {
    const auto ran = run_suite(suite_of(test_case("  steps:\n    - send: \"80 CA 00 00 09\"\n      expect: \"6A82\"\n"
                                                  "  cleanup:\n    - send: \"00 84 00 00 04\"\n"
                                                  "    - send: \"00 84 00 00 05\"\n")),
                               simulated_devices());
    const auto exchanges = ran.of_kind("exchange");
    ASSERT_EQ(exchanges.size(), 3U);
    EXPECT_EQ(exchanges.back().at("phase"), "cleanup");
    EXPECT_EQ(exchanges.back().at("step"), "cleanup[1]");
    EXPECT_EQ(ran.of_kind("verdict").front().at("cleanup"),
              words("状态字为6700，应为9000", "the status word is 6700, not 9000"));
}

TEST(Verdict, ACallSpeaksForTheChecksInsideIt) {
    const auto ran = run_suite(
        suite_of(
            test_case(
                "  steps:\n    - call: asked\n      because: the caller's reason\n      requirement: 304-SEC-002\n",
                "304-SEC-001, 304-SEC-002"),
            "- procedure: asked\n  title: {zh: 题, en: title}\n  device: card\n  steps:\n    - send: \"80 CA 00 00 "
            "09\"\n"),
        simulated_devices());
    const auto check = ran.of_kind("check").front();
    EXPECT_EQ(check.at("requirements"), nlohmann::json({"304-SEC-002"}));
    EXPECT_EQ(check.at("because").at("en"), "the caller's reason");
    EXPECT_EQ(check.at("step"), "steps[0]/asked[0]");
}

/// Goes away after some exchanges, as a card that is pulled out.
class VanishingDevice final : public Device {
public:
    explicit VanishingDevice(int exchanges) : left_(exchanges) {}
    const Identity& identity() const override { return identity_; }
    core::Result<void> reset() override {
        if (left_ <= 0)
            return core::fail("the card was removed");
        return {};
    }
    core::Result<core::Bytes> answer_to_reset() override { return core::Bytes{0x3B, 0x00}; }
    core::Result<core::Bytes> transmit(core::BytesView) override {
        if (left_-- <= 0)
            return core::fail("the card was removed");
        return core::Bytes{0x90, 0x00};
    }

private:
    Identity identity_;
    int left_;
};

TEST(Verdict, ADeviceThatIsGoneEndsTheRun) {
    Devices devices;
    devices.card = std::make_unique<VanishingDevice>(1);
    std::string cases;
    for (const char* id : {"first", "second", "third"})
        cases +=
            test_case("  steps:\n    - send: \"00 84 00 00 04\"\n    - send: \"00 84 00 00 04\"\n").replace(6, 5, id);
    const auto ran = run_suite(suite_of(cases), devices);
    const auto verdicts = ran.of_kind("verdict");
    ASSERT_EQ(verdicts.size(), 3U);
    EXPECT_EQ(verdicts[0].at("verdict"), "error");
    EXPECT_EQ(verdicts[1].at("reason"), "the card was removed") << "a device speaks one language";
    EXPECT_EQ(verdicts[2].at("reason"), words("未执行：the card was removed", "not run: the card was removed"));
    EXPECT_EQ(ran.totals.stopped, "the card was removed");
    EXPECT_EQ(ran.of_kind("exchange")[1].at("response"), "") << "a lost answer";
}

TEST(Verdict, ARealCardIsNotAskedForTriesThatItCannotSpare) {
    Devices devices;
    devices.card = std::make_unique<VanishingDevice>(100);
    const auto spending = [](const std::string& id, const std::string& count) {
        return test_case("  spends: {pin: " + count + "}\n  steps:\n    - send: \"00 84 00 00 04\"\n")
            .replace(6, 5, id);
    };
    Declaration declaration = default_declaration();
    declaration.tries = {{"pin", 3}};
    const auto ran = run_suite(suite_of(spending("two", "2") + spending("three", "3") + spending("again", "1")),
                               devices, {}, declaration);
    EXPECT_EQ(ran.totals.not_run, 1U) << "three of three would take the last";
    EXPECT_EQ(ran.totals.pass, 1U);
    EXPECT_EQ(ran.totals.error, 1U) << "nothing has given the first two tries back";
}

TEST(Record, EachLineHoldsTheHashOfTheLineBefore) {
    const auto ran = run_suite(suite_of(test_case("  steps:\n    - send: \"80 CA 00 00 09\"\n")), simulated_devices());
    std::string previous(64, '0');
    std::size_t begin = 0;
    for (const auto& line : ran.lines) {
        EXPECT_EQ(line.at("prev"), previous);
        const auto end = ran.text.find('\n', begin);
        const auto text = ran.text.substr(begin, end - begin);
        previous = core::to_hex(core::sha256({reinterpret_cast<const core::Byte*>(text.data()), text.size()}));
        begin = end + 1;
    }
    EXPECT_EQ(ran.lines.back().at("kind"), "end");
}

TEST(Record, NeitherKeysNorPinsAreInIt) {
    const auto ran = run_suite(our_suite(), simulated_devices());
    for (const auto& keys : {default_profile().card.keys, default_profile().psam.keys})
        for (const auto& key : keys)
            EXPECT_EQ(ran.text.find(core::to_hex(key.key.bytes())), std::string::npos) << key.kind;
    EXPECT_EQ(ran.text.find("03123456\""), std::string::npos) << "VERIFY with the PIN";
    EXPECT_NE(ran.text.find("0020000003******"), std::string::npos) << "VERIFY was sent, and is hidden";
    EXPECT_NE(ran.text.find("\"pin\":\"******\""), std::string::npos);
}

TEST(Record, IsNeverWrittenOver) {
    const Folder folder;
    { auto first = RecordWriter::create(folder.file("record.jsonl")).value(); }
    EXPECT_NE(RecordWriter::create(folder.file("record.jsonl")).error().message.find("there is a record already"),
              std::string::npos);
    EXPECT_NE(RecordWriter::create(folder.file("missing/record.jsonl")).error().message.find("No such file"),
              std::string::npos);
}

} // namespace
} // namespace tongka::harness
