#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

const std::string cases = "- id: first\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n  device: card\n"
                          "  steps:\n    - send: \"00 84 00 00 04\"\n      expect: \"9000 *\"\n"
                          "- id: second\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n  device: card\n"
                          "  steps:\n    - send: \"00 84 00 00 [{random(4):4}]\"\n      expect: any\n"
                          "    - send: \"00 84 00 00 08\"\n      expect: \"9000 *\"\n"
                          "- id: third\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n  device: card\n"
                          "  steps:\n    - send: \"00 84 00 00 08\"\n      expect: \"9000 *\"\n"
                          "  cleanup:\n    - send: \"00 84 00 00 04\"\n      expect: any\n";

/// A card there is one of; what was done to it stays.
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

class ResumptionTest : public testing::Test {
protected:
    core::Result<RunTotals> run_on(const Devices& devices, RecordWriter& record, const Resumption* resumed,
                                   const LoadedSuite& suite, std::uint64_t seed = 1) {
        auto plan = make_plan(suite.suite, suite.catalogue, default_declaration(), default_profile().rules, {},
                              devices.given());
        return run(std::move(plan).value(),
                   {.suite = suite,
                    .profile = default_profile(),
                    .declaration = default_declaration(),
                    .devices = devices,
                    .clock = clock_,
                    .seed = seed,
                    .deviation = {},
                    .selection = {},
                    .resumed = resumed},
                   record);
    }

    /// The record of a whole run.
    std::vector<nlohmann::json> whole(const Devices& devices) {
        {
            auto record = RecordWriter::create(path_).value();
            EXPECT_TRUE(run_on(devices, record, nullptr, suite_));
        }
        return lines();
    }

    std::vector<nlohmann::json> lines() {
        std::vector<nlohmann::json> found;
        std::ifstream file(path_);
        for (std::string line; std::getline(file, line);)
            found.push_back(nlohmann::json::parse(line));
        return found;
    }

    /// As if the run had been cut off while `under_way` was done, with the cases before it ended.
    static Resumption cut_off(const std::vector<nlohmann::json>& lines, const std::string& under_way) {
        Resumption resumption;
        for (const auto& line : lines) {
            const auto kind = line.at("kind").get<std::string>();
            if (kind == "header" || kind == "requirement" || kind == "case") {
                resumption.head.push_back(line);
                resumption.head.back().erase("prev");
            } else if (kind == "verdict") {
                if (line.at("case") == under_way)
                    break;
                resumption.ended[line.at("case")] = CaseResult{};
            }
        }
        resumption.under_way = under_way;
        resumption.at = 5'000'000;
        return resumption;
    }

    std::vector<nlohmann::json> go_on(const Resumption& resumption, const Devices& devices) {
        std::filesystem::remove(path_);
        auto record = RecordWriter::create(path_).value();
        totals_ = run_on(devices, record, &resumption, suite_).value();
        return lines();
    }

    static std::vector<std::string> of(const std::vector<nlohmann::json>& lines, const std::string& kind) {
        std::vector<std::string> ids;
        for (const auto& line : lines)
            if (line.at("kind") == kind)
                ids.push_back(line.at("case"));
        return ids;
    }

    const Folder folder_;
    const std::filesystem::path path_ = folder_.file("record.jsonl");
    const core::SystemClock clock_;
    const LoadedSuite suite_ = suite_of(cases);
    RunTotals totals_;
};

TEST_F(ResumptionTest, RunsWhatIsLeftAndCountsWhatWasDone) {
    const auto before = whole(simulated_devices());
    const auto after = go_on(cut_off(before, "second"), simulated_devices());
    EXPECT_EQ(after.front().at("kind"), "resume");
    EXPECT_EQ(after.front().at("case"), "second");
    EXPECT_GE(after.front().at("at"), 5'000'000U);
    EXPECT_EQ(of(after, "begin"), (std::vector<std::string>{"second", "third"}));
    EXPECT_EQ(totals_.pass, 3U);
}

TEST_F(ResumptionTest, ACaseDrawsTheSameRandomNumbersWhateverRanBefore) {
    const auto before = whole(simulated_devices());
    const auto after = go_on(cut_off(before, "second"), simulated_devices());
    const auto first_command = [](const auto& lines) {
        for (const auto& line : lines)
            if (line.at("kind") == "exchange" && line.at("case") == "second")
                return line.at("command").template get<std::string>();
        return std::string();
    };
    EXPECT_EQ(first_command(before), first_command(after));
    EXPECT_EQ(first_command(before).size(), 18U);
}

TEST_F(ResumptionTest, OnASampleThereIsOneOfACaseThatPutsSomethingBackIsNotBegunAgain) {
    const auto before = whole(only_sample());
    const auto after = go_on(cut_off(before, "third"), only_sample());
    EXPECT_EQ(of(after, "begin"), std::vector<std::string>{});
    EXPECT_EQ(of(after, "verdict"), std::vector<std::string>{"third"});
    EXPECT_EQ(totals_.error, 1U);
    EXPECT_EQ(after[1].at("reason").at("en"),
              "the run was cut off in this case, which is not begun again: what it changes may not have been put back");
}

TEST_F(ResumptionTest, OnASampleThereIsOneOfOtherCasesAre) {
    const auto before = whole(only_sample());
    const auto after = go_on(cut_off(before, "second"), only_sample());
    EXPECT_EQ(of(after, "begin"), (std::vector<std::string>{"second", "third"}));
}

TEST_F(ResumptionTest, AnotherRunIsRefused) {
    auto resumption = cut_off(whole(simulated_devices()), "second");
    resumption.head.front()["seed"] = "2";
    std::filesystem::remove(path_);
    auto record = RecordWriter::create(path_).value();
    const auto refused = run_on(simulated_devices(), record, &resumption, suite_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message, "this is not the run that was cut off: seed: 2 in the record, 1 now");
}

TEST_F(ResumptionTest, AnotherPlanIsRefused) {
    auto resumption = cut_off(whole(simulated_devices()), "second");
    resumption.head.back()["id"] = "fourth";
    std::filesystem::remove(path_);
    auto record = RecordWriter::create(path_).value();
    const auto refused = run_on(simulated_devices(), record, &resumption, suite_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().message,
              "this is not the run that was cut off: case fourth in the record, case third now");
}

TEST_F(ResumptionTest, WhatTheHeadLacksIsAppended) {
    const auto before = whole(simulated_devices());
    auto resumption = cut_off(before, "first");
    resumption.under_way.clear();
    const auto size = resumption.head.size();
    resumption.head.resize(2);
    const auto after = go_on(resumption, simulated_devices());
    EXPECT_EQ(after.front().at("kind"), before[2].at("kind"));
    EXPECT_EQ(after[size - 2].at("kind"), "resume");
}

TEST_F(ResumptionTest, TwoCannotWriteOneRecord) {
    const auto record = RecordWriter::create(path_).value();
    const auto second = RecordWriter::go_on(path_, {});
    ASSERT_FALSE(second);
    EXPECT_NE(second.error().message.find("a run is still writing it"), std::string::npos) << second.error().message;
}

} // namespace
} // namespace tongka::harness
