#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "harness/language/do_step.hpp"
#include "harness/language/loader.hpp"
#include "harness/language/tests/support.hpp"

namespace tongka::harness {
namespace {

using namespace core::literals;

/// A case over a terminal, a card and a PSAM; its steps begin in line 6, column 7.
std::string case_of(const std::string& steps, const std::string& devices = "terminal, card, psam") {
    return "- id: one\n  title: {zh: 题, en: title}\n  covers: [31778-FLW-001]\n  devices: [" + devices +
           "]\n  steps:\n" + steps;
}

std::string error_of(const std::string& steps, const std::string& devices = "terminal, card, psam") {
    const auto suite = parse_suite({{case_of(steps, devices), "f", "gbt31778"}}, {});
    return suite ? "loaded" : suite.error().message;
}

std::string paying(const std::string& more) {
    return "    - {do: purchase, with: {amount: u32(100), date: \"20991231\", time: \"080000\"}, " + more + "}\n";
}

/// What is wrong with `amount`, `date`, `time` written so.
std::string with_error(const std::string& with) {
    return error_of("    - {do: purchase, with: {" + with + "}}\n");
}

TEST(Actions, AreHeldAgainstTheirTable) {
    EXPECT_EQ(error_of(paying("expect: {outcome: refused, reason: expired, debits: u32(0)}, gives: {t: tac}") +
                       "    - check: t == 00112233\n    - send: \"00 84 00 00 04\"\n"),
              "loaded");
    EXPECT_EQ(error_of("    - do: purchas\n"), "f:6:11: a terminal has no action 'purchas': did you mean 'purchase'?");
    EXPECT_EQ(with_error("amunt: u32(1)"), "f:6:29: 'amunt' is no parameter of 'purchase': did you mean 'amount'?");
    EXPECT_EQ(with_error("amount: u32(1), date: \"20991231\""), "f:6:12: action 'purchase' needs 'time'");
    EXPECT_EQ(with_error("amount: u24(1), date: today, time: now"),
              "f:6:37: parameter 'amount' of 'purchase' is u32, but this is 3 bytes");
    EXPECT_EQ(with_error("amount: key(DTK), date: today, time: now"),
              "f:6:37: parameter 'amount' of 'purchase' is u32, but this is a key");
    EXPECT_EQ(with_error("amount: other, date: today, time: now"), "f:6:37: 'other' is not bound here");
}

TEST(Actions, ExpectationsAreHeldAgainstTheirTable) {
    const auto expect = [](const std::string& text) { return error_of(paying("expect: {" + text + "}")); };
    EXPECT_EQ(expect("outcome: refused | unknown, reason: not expired, tac: none, amount: \">= u32(5)\""), "loaded");
    EXPECT_EQ(expect("outcom: refused"), "f:6:91: 'outcom' is no result of 'purchase': did you mean 'outcome'?");
    EXPECT_EQ(expect("outcome: refuse"), "f:6:100: 'outcome' is never 'refuse': did you mean 'refused'?");
    EXPECT_EQ(expect("outcome: refused | acepted"), "f:6:110: 'outcome' is never 'acepted': did you mean 'accepted'?");
    EXPECT_EQ(expect("outcome: none"), "f:6:100: 'outcome' is always given");
    EXPECT_EQ(expect("debits: \"0000\""), "f:6:100: 'debits' is u32, but '0000' is 2 bytes");
    EXPECT_EQ(expect("tac: key(DTK)"), "f:6:96: 'key(DTK)' is a key: only bytes are compared");
    EXPECT_EQ(error_of(paying("gives: {t: tak}")).substr(0, 55),
              "f:6:93: 'tak' is no result of 'purchase': did you mean ");
    EXPECT_EQ(error_of(paying("gives: {t: outcome}")), "f:6:93: 'outcome' is a word: only bytes can be bound");
}

TEST(Actions, EachGoesToWhatCanDoIt) {
    EXPECT_EQ(error_of("    - {do: recover, to: card}\n"),
              "f:6:25: the card does no actions: it takes commands (send)");
    EXPECT_EQ(error_of("    - {send: \"00 84 00 00 04\", to: terminal}\n"),
              "f:6:36: the terminal takes no commands: it does actions (do)");
    EXPECT_EQ(error_of("    - {do: files, with: {layout: FH}}\n", "card"),
              "f:6:7: no terminal, file, host or reader is among the devices declared (device, devices)");
    EXPECT_EQ(error_of("    - {send: \"00 84 00 00 04\"}\n", "file"),
              "f:6:7: no card, psam or isam is among the devices declared (device, devices)");
    EXPECT_EQ(error_of("    - {do: files, with: {layout: FH}}\n    - {do: recover, to: terminal}\n", "file, terminal"),
              "loaded");
    EXPECT_EQ(error_of("    - {do: request, with: {message: isam-log-inn}}\n", "host"),
              "f:6:37: 'message' is never 'isam-log-inn': did you mean 'isam-log-in'?");
}

TEST(Actions, ADeviceIsTornInTheMiddleOfThem) {
    const auto cut = [](const std::string& text) { return error_of(paying(text)); };
    EXPECT_EQ(cut("tear: {device: card, command: 8054, after-write: 3}"), "loaded");
    EXPECT_EQ(cut("lose: {device: card, command: 80 54}"), "loaded");
    EXPECT_EQ(cut("tear: {device: card, after-write: 3}"), "f:6:88: 'tear' needs 'command'");
    EXPECT_EQ(cut("tear: {device: card, command: 8054}"),
              "f:6:88: 'tear' needs after-write or before-write, one of them");
    EXPECT_EQ(cut("lose: {device: card, command: 8054, after-write: 3}").substr(0, 44),
              "f:6:118: unknown key 'after-write' in lose: ");
    EXPECT_EQ(cut("lose: {device: terminal, command: 8054}"),
              "f:6:97: the terminal takes no commands: name card, psam or isam");
    EXPECT_EQ(cut("lose: {device: isam, command: 8054}"),
              "f:6:97: 'isam' is not among the devices declared (device, devices)");
    EXPECT_EQ(cut("lose: {device: card, command: 805}").substr(0, 9), "f:6:112: ");
}

TEST(Actions, WhatTearsADeviceIsNotedInTheCase) {
    const auto torn = [](const std::string& cut) {
        return parse_suite({{case_of(paying(cut)), "f", "gbt31778"}}, {}).value().cases.front().needs.torn;
    };
    EXPECT_EQ(torn("tear: {device: card, command: 8054, before-write: 1}"), std::vector{Role::card});
    EXPECT_TRUE(torn("lose: {device: card, command: 8054}").empty()) << "every device can be left alone";
}

/// The check of one expectation of a purchase.
CheckResult checked(const std::string& name, const std::string& expected, const Values& results) {
    const auto* action = find_action(Role::terminal, "purchase");
    const auto expectation = parse_expectation(scalar(expected), *find_slot(action->results, name)).value();
    TableLookup lookup;
    return compare(expectation, results, Environment(lookup)).value();
}

TEST(Expectations, OfWords) {
    Values results;
    results.set_word("outcome", "accepted");
    EXPECT_TRUE(checked("outcome", "accepted", results).pass);
    EXPECT_TRUE(checked("outcome", "refused | accepted", results).pass);
    EXPECT_TRUE(checked("outcome", "not refused", results).pass);
    const auto other = checked("outcome", "refused | unknown", results);
    EXPECT_FALSE(other.pass);
    EXPECT_EQ(other.expected, "outcome: refused | unknown");
    EXPECT_EQ(other.received, "outcome: accepted");
    EXPECT_EQ(other.message.en, "outcome is accepted, not refused or unknown");
    EXPECT_EQ(other.message.zh, "outcome为accepted，应为refused或unknown");
    EXPECT_EQ(checked("outcome", "not accepted", results).message.en, "outcome is accepted, and must not be accepted");
    EXPECT_EQ(checked("reason", "expired", results).message.en, "no reason was given");
    EXPECT_TRUE(checked("reason", "none", results).pass);
}

TEST(Expectations, OfBytes) {
    Values results;
    results.set_number("debits", 1).set_number("amount", 100);
    EXPECT_TRUE(checked("amount", "u32(100)", results).pass);
    EXPECT_TRUE(checked("amount", ">= u32(100)", results).pass);
    EXPECT_FALSE(checked("amount", "< u32(100)", results).pass);
    const auto other = checked("debits", "u32(0)", results);
    EXPECT_EQ(other.message.en, "Commands to the card that take money, or bring it (8054, 8052): debits is 1, not 0");
    EXPECT_EQ(checked("tac", "00112233", results).received, "tac: none");
    EXPECT_EQ(checked("amount", "none", results).message.en, "Amount: amount is 100, and there must be none");
    results.set("type", "09"_hex);
    EXPECT_EQ(checked("type", "06", results).difference, "0F");
}

TEST(Expectations, OfASecretAreComparedAndNotTold) {
    constexpr ActionSlot pin{.name = "pin", .title = {"PIN", "PIN"}, .width = 3, .secret = true};
    const auto expectation = parse_expectation(scalar("123456"), pin).value();
    TableLookup lookup;
    const auto result = compare(expectation, Values().set("pin", "654321"_hex), Environment(lookup)).value();
    EXPECT_FALSE(result.pass);
    for (const auto& text : {result.expected, result.received, result.message.zh, result.message.en, result.difference})
        for (const auto* secret : {"123456", "654321", "775577"})
            EXPECT_EQ(text.find(secret), std::string::npos) << text;
}

TEST(Results, ThatDoNotFitTheTableAreAnErrorOfWhatAsks) {
    const auto* action = find_action(Role::terminal, "purchase");
    const auto error = [&](const Values& results) {
        const auto checked = check_results(*action, results);
        return checked ? "fits" : checked.error().message;
    };
    EXPECT_EQ(error(Values().set_word("outcome", "accepted").set_number("debits", 1)), "fits");
    EXPECT_EQ(error(Values().set_word("outcome", "accepted")), "'purchase' gave no 'debits'");
    EXPECT_EQ(error(Values().set_word("outcome", "yes")),
              "'purchase' gave a 'outcome' that is not accepted | refused | unknown");
    EXPECT_EQ(error(Values().set("tac", "01"_hex)), "'purchase' gave a 'tac' that is not 4 bytes");
    EXPECT_EQ(error(Values().set("colour", "01"_hex)), "'purchase' gave 'colour', which is none of its results");
}

} // namespace
} // namespace tongka::harness
