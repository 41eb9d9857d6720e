#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"
#include "harness/plan/inspections.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

const std::string asking = "- id: asked\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n  device: card\n"
                           "  steps:\n    - manual: {zh: \"灯亮吗？\", en: \"Is the lamp on?\"}\n";

/// Says one thing to everything.
class Parrot final : public Operator {
public:
    explicit Parrot(std::optional<Answer> answer) : answer_(std::move(answer)) {}
    core::Result<std::optional<Answer>> ask(const Case&, const Words& question) override {
        questions.push_back(question.en);
        return answer_;
    }
    std::vector<std::string> questions;

private:
    std::optional<Answer> answer_;
};

nlohmann::json verdict_with(Operator& person) {
    const auto ran = run_told(suite_of(asking), simulated_devices(), {.attendant = {&person, {}}});
    return ran.of_kind("verdict").front();
}

TEST(Manual, YesPassesAndNoFails) {
    Parrot yes(Answer{.yes = true, .by = "Li", .remark = "green", .attachments = {}});
    EXPECT_EQ(verdict_with(yes).at("verdict"), "pass");
    EXPECT_EQ(yes.questions, std::vector<std::string>{"Is the lamp on?"});
    Parrot no(Answer{.yes = false, .by = "Li", .remark = "dark", .attachments = {}});
    const auto verdict = verdict_with(no);
    EXPECT_EQ(verdict.at("verdict"), "fail");
    EXPECT_EQ(verdict.at("reason").at("en"), "the operator says no: Is the lamp on?");
}

TEST(Manual, WhoCannotTellLeavesItInconclusive) {
    Parrot silent(std::nullopt);
    EXPECT_EQ(verdict_with(silent).at("verdict"), "inconclusive");
}

TEST(Manual, WithoutAnOperatorItIsNotRun) {
    const auto ran = run_suite(suite_of(asking), simulated_devices());
    EXPECT_EQ(ran.totals.not_run, 1U);
    EXPECT_EQ(ran.of_kind("case").front().at("reason").at("en"), "it needs an operator (--operator, or --answers)");
}

TEST(Manual, AttachmentsAreCopiedAndTheirHashesRecorded) {
    const Folder folder;
    std::ofstream(folder.file("photo.jpg")) << "light";
    Parrot yes(Answer{.yes = true, .by = "Li", .remark = {}, .attachments = {folder.file("photo.jpg")}});
    const auto ran = run_told(suite_of(asking), simulated_devices(), {.attendant = {&yes, folder.file("attachments")}});
    const auto attachment = ran.of_kind("attachment").front();
    const std::string content = "light";
    const auto hash = core::to_hex(core::sha256({reinterpret_cast<const core::Byte*>(content.data()), content.size()}));
    EXPECT_EQ(attachment.at("sha256"), hash);
    EXPECT_EQ(attachment.at("bytes"), 5);
    EXPECT_EQ(attachment.at("name"), hash.substr(0, 8) + "-photo.jpg");
    std::ifstream copy(folder.file("attachments") / attachment.at("name").get<std::string>());
    EXPECT_EQ(std::string(std::istreambuf_iterator<char>(copy), {}), content);
    EXPECT_NE(ran.of_kind("check").front().at("received").get<std::string>().find("photo.jpg"), std::string::npos);
}

TEST(Manual, AnAttachmentThatIsNotThereIsAnError) {
    Parrot yes(Answer{.yes = true, .by = "Li", .remark = {}, .attachments = {"/nowhere/photo.jpg"}});
    const auto verdict = verdict_with(yes);
    EXPECT_EQ(verdict.at("verdict"), "error");
    EXPECT_NE(verdict.at("reason").get<std::string>().find("the attachment /nowhere/photo.jpg is not there"),
              std::string::npos);
}

TEST(Inspection, EachRequirementThatNoProgramShowsIsACase) {
    auto suite = suite_of(asking);
    add_inspections(suite.suite, suite.catalogue);
    const auto wanted = std::ranges::count_if(suite.catalogue.requirements(), &Requirement::is_inspection);
    ASSERT_GT(wanted, 10);
    EXPECT_EQ(suite.suite.cases.size(), static_cast<std::size_t>(wanted) + 1);
    Parrot yes(Answer{.yes = true, .by = "Li", .remark = {}, .attachments = {}});
    const auto ran = run_told(suite, {}, {.selection = {"inspect-*"}, .attendant = {&yes, {}}});
    EXPECT_EQ(ran.totals.pass, static_cast<std::size_t>(wanted));
    for (const auto& question : yes.questions)
        EXPECT_FALSE(question.empty());
}

} // namespace
} // namespace tongka::harness
