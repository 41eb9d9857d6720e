#include <csignal>
#include <random>
#include <sys/resource.h>
#include <sys/wait.h>

#include "cli/resume.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::cli {
namespace {

using namespace harness;

constexpr unsigned case_count = 12;
constexpr unsigned exchanges_each = 21; // 210 places to be killed at

std::string cases() {
    std::string text;
    for (unsigned i = 0; i < case_count; ++i)
        text += "- id: case-" + std::to_string(i) +
                "\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n  device: card\n  steps:\n    - repeat: " +
                std::to_string(exchanges_each) + "\n      send: \"00 84 00 00 04\"\n      expect: \"" +
                (i % 5 == 3 ? "6A82" : "9000 *") + "\"\n";
    return text;
}

/// Answers everything, and kills its own process at an exchange.
class Deadly final : public Device {
public:
    explicit Deadly(unsigned at) : left_(at) {}
    const Identity& identity() const override { return identity_; }
    core::Result<void> reset() override { return {}; }
    core::Result<core::Bytes> answer_to_reset() override { return core::Bytes{0x3B, 0x00}; }
    core::Result<core::Bytes> transmit(core::BytesView) override {
        if (left_ != 0 && --left_ == 0)
            raise(SIGKILL);
        return core::Bytes{0x01, 0x02, 0x03, 0x04, 0x90, 0x00};
    }

private:
    Identity identity_;
    unsigned left_;
};

class ResumeTest : public testing::Test {
protected:
    core::Result<RunTotals> run_on(RecordWriter& record, unsigned death, const Resumption* resumed) const {
        Devices devices;
        devices.card = std::make_unique<Deadly>(death);
        auto plan = make_plan(suite_.suite, suite_.catalogue, default_declaration(), default_profile().rules, {},
                              devices.given());
        return run(std::move(plan).value(),
                   {.suite = suite_,
                    .profile = default_profile(),
                    .declaration = default_declaration(),
                    .devices = devices,
                    .clock = clock_,
                    .deviation = {},
                    .selection = {},
                    .resumed = resumed},
                   record);
    }

    /// A run that kills itself, in a process of its own.
    void killed_at(unsigned exchange) const {
        const auto child = fork();
        ASSERT_GE(child, 0);
        if (child == 0) {
            auto record = RecordWriter::create(path_).value();
            (void)run_on(record, exchange, nullptr);
            _exit(0);
        }
        int status = 0;
        ASSERT_EQ(waitpid(child, &status, 0), child);
        ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
    }

    void goes_on_to_its_end() const {
        auto cut_off = read_cut_off(path_);
        ASSERT_TRUE(cut_off) << cut_off.error().message;
        ASSERT_TRUE(*cut_off);
        auto record = RecordWriter::go_on(path_, (*cut_off)->end);
        ASSERT_TRUE(record) << record.error().message;
        const auto totals = run_on(*record, 0, &(*cut_off)->resumption);
        ASSERT_TRUE(totals) << totals.error().message;
        EXPECT_EQ(totals->fail, 2U);
        EXPECT_EQ(totals->pass, case_count - 2);
        const auto again = read_cut_off(path_);
        ASSERT_TRUE(again) << again.error().message;
        EXPECT_FALSE(*again);
    }

    std::string content() const {
        std::ifstream file(path_, std::ios::binary);
        return {std::istreambuf_iterator<char>(file), {}};
    }

    static std::string whole_lines(const std::string& text) { return text.substr(0, text.rfind('\n') + 1); }

    const Folder folder_;
    const std::filesystem::path path_ = folder_.file("record.jsonl");
    const core::SystemClock clock_;
    const LoadedSuite suite_ = suite_of(cases());
};

TEST_F(ResumeTest, KilledAtAnyExchange) {
    // Every exchange but those of the setup that fails early: a failed check ends its case.
    for (unsigned exchange = 1; exchange <= (case_count - 2) * exchanges_each; ++exchange) {
        std::filesystem::remove(path_);
        killed_at(exchange);
        if (HasFatalFailure())
            return;
        const auto before = content();
        EXPECT_NE(before.find("\"kind\":\"begin\""), std::string::npos) << exchange;
        goes_on_to_its_end();
        if (HasFatalFailure())
            FAIL() << "killed at exchange " << exchange;
        EXPECT_TRUE(content().starts_with(whole_lines(before))) << exchange;
    }
}

TEST_F(ResumeTest, CutAtAnyByte) {
    {
        auto record = RecordWriter::create(path_).value();
        ASSERT_TRUE(run_on(record, 0, nullptr));
    }
    const auto whole = content();
    const auto first = whole.find('\n') + 1;
    const auto last = whole.find("{\"kind\":\"end\"");
    std::mt19937 chance(1);
    for (unsigned count = 0; count < 200; ++count) {
        const auto size = std::uniform_int_distribution<std::size_t>(first, last)(chance);
        std::ofstream(path_, std::ios::binary | std::ios::trunc) << whole.substr(0, size);
        goes_on_to_its_end();
        if (HasFatalFailure())
            FAIL() << "cut at byte " << size;
        EXPECT_TRUE(content().starts_with(whole_lines(whole.substr(0, size)))) << size;
    }
}

TEST_F(ResumeTest, AFullDiskIsToldAndLeavesWhatWasWritten) {
    auto record = RecordWriter::create("/dev/full");
    ASSERT_FALSE(record); // there is something at that place already
    rlimit before{};
    getrlimit(RLIMIT_FSIZE, &before);
    const auto child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
        signal(SIGXFSZ, SIG_IGN);
        const rlimit small{16000, before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
        auto writer = RecordWriter::create(path_).value();
        const auto told = run_on(writer, 0, nullptr);
        _exit(!told && told.error().message.find("cannot be written: File too large") != std::string::npos ? 7 : 1);
    }
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 7);
    goes_on_to_its_end();
}

} // namespace
} // namespace tongka::cli
