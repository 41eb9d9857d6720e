#pragma once

#include <algorithm>
#include <functional>
#include <vector>

#include "simulator/sam/tests/sam_fixture.hpp"

namespace tongka::simulator {

/// A command that writes, cut off before and after each single write of it.
class SamPowerCutTest : public SamTest {
protected:
    struct Scenario {
        const char* name;
        std::function<void()> insert;         ///< a device, always the same
        std::function<void()> prepare;        ///< up to the command
        std::function<std::string()> command; ///< the command alone is cut off: it is the last of what this sends
        std::size_t commits = 1;              ///< states that the memory goes through
        const char* status = "9000";
    };

    /// What is found at the next power-up is a state that a commit left, or the old one, and never an earlier one than
    /// a cut before found. `found` looks at each.
    void cut_everywhere(
        const Scenario& scenario, const std::function<void()>& found = [] {}) {
        SCOPED_TRACE(scenario.name);
        const auto start = [&] {
            scenario.insert();
            scenario.prepare();
        };
        start();
        std::vector<core::Bytes> states{sam_->memory().image()};
        const auto before = sam_->memory().writes();
        sam_->memory().keep_with([&](core::BytesView image) {
            states.push_back(core::to_bytes(image));
            return true;
        });
        EXPECT_EQ(status(scenario.command()), scenario.status);
        EXPECT_EQ(states.size(), 1 + scenario.commits);
        const auto writes = sam_->memory().writes() - before;
        ASSERT_GT(writes, 0U);

        std::size_t last = 0;
        for (std::uint64_t at = 0; at < writes; ++at)
            for (const bool after : {false, true}) {
                start();
                ASSERT_EQ(sam_->memory().image(), states.front()) << "the same device comes to the same state";
                sam_->cut_power_at(Chip::Cut{at, after});
                EXPECT_EQ(scenario.command(), "") << "a chip without power is silent";
                power_again();
                const auto place =
                    std::find(states.begin() + static_cast<std::ptrdiff_t>(last), states.end(), sam_->memory().image());
                ASSERT_NE(place, states.end())
                    << "a third state at write " << at << (after ? ", after it" : ", before it");
                last = static_cast<std::size_t>(place - states.begin());
                found();
            }
        EXPECT_EQ(last, scenario.commits);
    }

    /// As the last byte of `hex`, another one.
    static std::string spoilt(const std::string& hex) {
        auto bytes = by_hand::bytes(hex);
        bytes.back() ^= 1;
        return core::to_hex(bytes);
    }
};

} // namespace tongka::simulator
