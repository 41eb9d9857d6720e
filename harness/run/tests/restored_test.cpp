#include <map>

#include "core/hex.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

using namespace core::literals;

/// What a card's files hold, by "SFI" or "SFI/RECORD". What transactions write is left out, as money and counters are:
/// the records of composite purchases (0017), the logs (0018, 001A).
std::map<std::string, std::string> content_of(Device& card) {
    constexpr core::Byte records = 10;
    std::map<std::string, std::string> content;
    const auto read = [&](const std::string& name, const core::Bytes& command) {
        const auto answer = card.transmit(command).value();
        if (answer.size() > 2)
            content[name] = core::to_hex(answer);
        return answer.size() > 2;
    };
    EXPECT_TRUE(card.reset());
    (void)card.transmit("00A4040009A00000000386980701"_hex);
    (void)card.transmit("0020000003123456"_hex);
    for (core::Byte sfi = 1; sfi <= 0x1E; ++sfi) {
        if (sfi == 0x17 || sfi == 0x18 || sfi == 0x1A)
            continue;
        const auto name = core::to_hex(core::Bytes{sfi});
        read(name, {0x00, 0xB0, static_cast<core::Byte>(0x80 | sfi), 0x00, 0x00});
        for (core::Byte record = 1; record <= records; ++record)
            if (!read(name + "/" + std::to_string(record),
                      {0x00, 0xB2, record, static_cast<core::Byte>(sfi << 3 | 4), 0x00}))
                break;
    }
    return content;
}

/// A card that is not ours to spoil goes back as it came, but for the money and the tries that a case is about.
TEST(Restored, EachCaseLeavesTheFilesAsTheyWere) {
    const auto devices = simulated_devices();
    const core::SystemClock clock;
    auto plan = make_plan(our_suite().suite, our_suite().catalogue, default_declaration(), default_profile().rules, {},
                          devices.given())
                    .value();
    std::erase_if(plan, [](const PlannedCase& planned) {
        return planned.status != PlannedCase::Status::selected || !planned.test_case->destructive.empty();
    });
    auto before = content_of(*devices.card);
    ASSERT_GE(before.size(), 4U);
    std::size_t left = 0;
    const auto look = [&](std::size_t, std::size_t, const Case& which, const CaseResult& result) {
        if (std::ranges::find(which.devices, Role::card) == which.devices.end() || result.verdict != Verdict::pass)
            return;
        const auto now = content_of(*devices.card);
        for (const auto& [file, content] : before)
            EXPECT_TRUE(now.contains(file) && now.at(file) == content)
                << which.id << " changed " << file << "\n was " << content << "\n is  "
                << (now.contains(file) ? now.at(file) : "gone");
        EXPECT_EQ(now.size(), before.size()) << which.id;
        before = now;
        ++left;
    };
    auto record = RecordWriter::none();
    const auto totals = run(plan,
                            {.suite = our_suite(),
                             .profile = default_profile(),
                             .declaration = default_declaration(),
                             .devices = devices,
                             .clock = clock,
                             .deviation = {},
                             .selection = {},
                             .progress = look},
                            record);
    ASSERT_TRUE(totals) << totals.error().message;
    EXPECT_GE(left, 300U);
}

} // namespace
} // namespace tongka::harness
