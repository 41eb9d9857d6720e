#include <cstdlib>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "simulator/card/card.hpp"

namespace tongka::simulator {
namespace {

constexpr std::string_view page = "docs/states.md";

/// The page that shows the table of states.cpp: a row a command, a column a state.
std::string written_page() {
    std::string text =
        "# States of the user card\n\n"
        "What each command does in each state, as it stands in `simulator/card/states.cpp` (this page is written by "
        "the test "
        "`States.ThePageShowsTheTable`\nand compared with it; `scripts/approve-golden` writes it anew).\n\n"
        "- **acts**: the state is what the command needs, and it does its work.\n"
        "- **ends it**: the transaction under way is dropped, and the command does its work (rule "
        "`interposed-command`: with "
        "`keeps` it is kept).\n"
        "- **refused**: the command completes another state; the transaction under way is dropped likewise. Status "
        "word by "
        "the rules\n  `completion-without-init` and `locked-purchase`.\n\n"
        "A completion leads back to *idle*, whether it succeeds or not; with the rule `wrong-mac1: kept` a purchase "
        "outlives a "
        "wrong MAC1.\nGREY LOCK leads to *grey-locked*, which outlives power and holds for that purse alone; DEBIT FOR "
        "UNLOCK and "
        "GREY UNLOCK lead out of it.\nEvery other state ends at reset. That a command which is no successor ends the "
        "transaction "
        "is inferred (standards.md 4.2).\n\n| command |";
    const auto states = static_cast<unsigned>(State::count_);
    const auto actions = static_cast<unsigned>(Action::count_);
    for (unsigned state = 0; state < states; ++state)
        text += fmt::format(" {} |", name(static_cast<State>(state)));
    text += "\n|---|";
    for (unsigned state = 0; state < states; ++state)
        text += "---|";
    text += "\n";
    for (unsigned action = 0; action < actions; ++action) {
        text += fmt::format("| {} |", name(static_cast<Action>(action)));
        for (unsigned state = 0; state < states; ++state)
            text += fmt::format(" {} |", name(effect(static_cast<State>(state), static_cast<Action>(action))));
        text += "\n";
    }
    return text;
}

TEST(States, ThePageShowsTheTable) {
    const auto path = std::string(TONGKA_SOURCE_DIR) + "/" + std::string(page);
    if (std::getenv("TONGKA_APPROVE") != nullptr)
        std::ofstream(path) << written_page();
    std::stringstream standing;
    standing << std::ifstream(path).rdbuf();
    EXPECT_EQ(standing.str(), written_page()) << "scripts/approve-golden writes it anew";
}

TEST(States, EveryStateHasOneCommandThatCompletesIt) {
    for (const State state : {State::load, State::unload, State::purchase, State::cash_withdrawal,
                              State::overdraft_limit, State::grey_lock, State::online_unlock}) {
        unsigned acting = 0;
        for (unsigned action = 0; action < static_cast<unsigned>(Action::count_); ++action)
            acting += effect(state, static_cast<Action>(action)) == Effect::acts ? 1 : 0;
        EXPECT_EQ(acting, 1U) << name(state);
    }
    EXPECT_EQ(effect(State::composite, Action::update_composite_cache), Effect::acts);
    EXPECT_EQ(effect(State::composite, Action::debit_for_purchase), Effect::acts);
}

TEST(States, CommandsAreKnownByTheirHeaders) {
    const auto action = [](core::Byte cla, core::Byte ins, core::Byte p1) {
        core::Command command;
        command.cla = cla;
        command.ins = ins;
        command.p1 = p1;
        return action_of(command);
    };
    EXPECT_EQ(action(0x80, 0x54, 0x03), Action::debit_for_unload);
    EXPECT_EQ(action(0x80, 0x54, 0x01), Action::debit_for_purchase);
    EXPECT_EQ(action(0x80, 0xDC, 0x01), Action::update_composite_cache);
    EXPECT_EQ(action(0x00, 0xDC, 0x01), Action::other) << "UPDATE RECORD";
    EXPECT_EQ(action(0x80, 0x50, 0x09), Action::other);
}

} // namespace
} // namespace tongka::simulator
