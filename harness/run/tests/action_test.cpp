#include "harness/run/tests/actor.hpp"
#include "harness/run/tests/fixture.hpp"

namespace tongka::harness {
namespace {

Devices with_terminal(bool right = true) {
    auto devices = simulated_devices();
    devices.terminal = std::make_unique<TestTerminal>(right);
    return devices;
}

std::string case_of(const std::string& steps) {
    return "- id: tried\n  title: {zh: 题, en: title}\n  covers: [304-SEC-001]\n  devices: [terminal, card]\n  "
           "steps:\n" +
           steps;
}

std::string purchase(const std::string& amount, const std::string& more) {
    return "    - {do: purchase, with: {amount: " + amount + ", date: \"20991231\", time: \"080000\"}" + more + "}\n";
}

const std::string limit = "    - {do: parameters, with: {most-amount: u32(100)}}\n";

Ran run_steps(const std::string& steps, const Devices& devices = with_terminal(),
              const std::string& procedures = "[]") {
    return run_suite(suite_of(case_of(steps), procedures), devices);
}

nlohmann::json verdict_of(const Ran& ran) {
    return ran.of_kind("verdict").front();
}

TEST(Action, ARightTerminalPassesAndAWrongOneFails) {
    const auto steps = limit +
                       purchase("u32(101)", ", expect: {outcome: refused, reason: amount-over-limit, debits: u32(0)}") +
                       purchase("u32(100)", ", expect: {outcome: accepted}, gives: {paid: amount}") +
                       "    - check: paid == u32(100)\n";
    const auto right = run_steps(steps);
    EXPECT_EQ(verdict_of(right).at("verdict"), "pass") << right.text;
    EXPECT_EQ(verdict_of(right).at("checks"), 5);

    const auto wrong = run_steps(steps, with_terminal(false));
    EXPECT_EQ(verdict_of(wrong).at("verdict"), "fail");
    EXPECT_EQ(verdict_of(wrong).at("reason").at("en"), "outcome is accepted, not refused");
    EXPECT_EQ(verdict_of(wrong).at("reason").at("zh"), "outcome为accepted，应为refused");
    const auto checks = wrong.of_kind("check");
    ASSERT_EQ(checks.size(), 3U) << "all results are told, then the case ends";
    EXPECT_EQ(checks[0].at("expected"), "outcome: refused");
    EXPECT_EQ(checks[0].at("received"), "outcome: accepted");
    EXPECT_EQ(checks[1].at("message").at("en"), "no reason was given");
    EXPECT_EQ(checks[2].at("received"), "debits: 1");
}

TEST(Action, StandsInTheRecordWithItsExchangesInside) {
    const auto ran = run_steps(limit + purchase("u32(7)", ", expect: {outcome: accepted}, because: it is cheap"));
    const auto& header = ran.lines.front();
    EXPECT_EQ(
        header.at("devices").at("terminal"),
        (nlohmann::json{{"spec", "test:terminal"}, {"name", "Test terminal"}, {"version", "1.2"}, {"sha256", "00FF"}}));
    std::vector<std::string> kinds;
    for (const auto& line : ran.lines)
        if (line.value("step", "") == "steps[1]")
            kinds.push_back(line.at("kind"));
    EXPECT_EQ(kinds, (std::vector<std::string>{"action", "exchange", "outcome", "check"}));
    const auto action = ran.of_kind("action").back();
    EXPECT_EQ(action.at("device"), "terminal");
    EXPECT_EQ(action.at("action"), "purchase");
    EXPECT_EQ(action.at("arguments"), (nlohmann::json{{"amount", 7}, {"date", "20991231"}, {"time", "080000"}}));
    EXPECT_EQ(ran.of_kind("outcome").back().at("results"),
              (nlohmann::json{{"outcome", "accepted"}, {"debits", 1}, {"amount", 7}, {"tac", "11223344"}}));
    EXPECT_EQ(ran.of_kind("check").front().at("because").at("en"), "it is cheap");
    EXPECT_EQ(ran.of_kind("exchange").front().at("device"), "card");
}

TEST(Action, IsNoObservationByItself) {
    EXPECT_EQ(verdict_of(run_steps(limit + purchase("u32(7)", ""))).at("verdict"), "inconclusive");
}

TEST(Action, WorksInBlocksTablesProceduresAndUnderWhen) {
    const auto ran = run_steps(
        "    - steps:\n        - {do: parameters, with: {most-amount: u32(100)}}\n"
        "        - {do: purchase, with: {amount: sum, date: today, time: now}, expect: {outcome: accepted}}\n"
        "      for-each: [{sum: u32(1)}, {sum: u32(100)}]\n"
        "    - {call: pays, with: {sum: u32(5)}, repeat: 2}\n"
        "    - {do: recover, when: \"u8(1) == u8(2)\"}\n",
        with_terminal(),
        "- procedure: pays\n  title: {zh: 题, en: title}\n  devices: [terminal, card]\n  params: {sum: 4}\n  steps:\n"
        "    - {do: purchase, with: {amount: sum, date: today, time: now}, expect: {amount: sum}}\n");
    EXPECT_EQ(verdict_of(ran).at("verdict"), "pass") << ran.text;
    EXPECT_EQ(verdict_of(ran).at("checks"), 4);
}

TEST(Action, EachCaseBeginsWithANewTerminal) {
    auto devices = with_terminal();
    const auto& terminal = dynamic_cast<const TestTerminal&>(*devices.terminal);
    const auto pays = purchase("u32(7)", ", expect: {outcome: refused}");
    const auto ran = run_suite(
        suite_of(case_of(limit + "    - reset: terminal\n    - reset: card\n") + case_of(pays).replace(6, 5, "after")),
        devices);
    EXPECT_EQ(ran.of_kind("verdict").back().at("verdict"), "pass") << "the limit of the first case is forgotten";
    EXPECT_EQ(terminal.begun, 2U);
    EXPECT_EQ(terminal.restarted, 1U);
}

TEST(Action, WhatIsWrongWithTheProgramIsAnErrorOfTheSetUp) {
    const auto gone = verdict_of(run_steps("    - {do: load, with: {amount: u32(1), date: today, time: now}}\n"));
    EXPECT_EQ(gone.at("verdict"), "error");
    EXPECT_EQ(gone.at("reason"), "cases.yaml:6:7: the terminal program is gone");
    const auto odd = verdict_of(run_steps("    - {do: recover, expect: {outcome: accepted}}\n"));
    EXPECT_EQ(odd.at("verdict"), "error") << "before anything is compared";
    EXPECT_EQ(odd.at("reason"), "cases.yaml:6:7: 'recover' gave 'colour', which is none of its results");
}

TEST(Action, AnAnswerIsLostInItsMiddleAndTheCardIsThereAgainBehindIt) {
    const auto ran = run_steps(
        purchase("u32(7)", ", lose: {device: card, command: 0084}, expect: {outcome: unknown, reason: card-left}") +
        "    - send: \"00 84 00 00 04\"\n");
    EXPECT_EQ(verdict_of(ran).at("verdict"), "pass") << ran.text;
    const auto lost = ran.of_kind("exchange").front();
    EXPECT_EQ(lost.at("reason"), "the answer was kept back, as the case asks");
    EXPECT_NE(lost.at("response"), "") << "the card has done it";
    EXPECT_EQ(ran.of_kind("reset").size(), 3U) << "terminal and card before the case, the card behind the action";
}

TEST(Action, ACardIsTornInItsMiddleAndStaysAwayUntilItIsOver) {
    auto devices = with_terminal();
    const auto ran =
        run_steps("    - {do: tap-in, with: {station: \"0001\", date: today, time: now}, tear: {device: card, "
                  "command: 0020, before-write: 1}, expect: {outcome: unknown}}\n"
                  "    - send: \"00 84 00 00 04\"\n",
                  devices);
    EXPECT_EQ(verdict_of(ran).at("verdict"), "pass") << ran.text;
    EXPECT_EQ(dynamic_cast<const TestTerminal&>(*devices.terminal).unanswered, 2U);
    const auto exchanges = ran.of_kind("exchange");
    ASSERT_EQ(exchanges.size(), 3U) << "what is sent to a card that is away never goes over the line";
    EXPECT_EQ(exchanges[1].at("response"), "");
    EXPECT_EQ(exchanges[1].at("reason"), "the power was cut before write 1, as the case asks");
    EXPECT_EQ(exchanges[1].at("command").get<std::string>().substr(0, 10), "0020000003");
}

TEST(Action, ASecretIsHiddenInTheRecord) {
    constexpr ActionSlot slots[] = {{.name = "pin", .title = {"PIN", "PIN"}, .width = 3, .secret = true}};
    const ActionInfo info{.name = "pays", .title = {"付", "pays"}, .parameters = slots, .results = slots};
    const Folder folder;
    const std::string step = "steps[0]";
    {
        auto record = RecordWriter::create(folder.file("record.jsonl")).value();
        Trace trace(record, {}, {});
        const auto pin = Values().set("pin", core::Bytes{0x12, 0x34, 0x56});
        const Position position{Phase::steps, step, step};
        trace.action(Role::terminal, position, {}, {.action = &info}, pin);
        trace.outcome(Role::terminal, position, {}, {}, {.action = &info}, pin);
        ASSERT_TRUE(record.flush());
    }
    std::ifstream file(folder.file("record.jsonl"));
    const std::string text{std::istreambuf_iterator<char>(file), {}};
    EXPECT_EQ(text.find("123456"), std::string::npos);
    EXPECT_NE(text.find(R"("arguments":{"pin":"******"})"), std::string::npos);
}

TEST(Action, ACutThatDoesNotHappenLeavesTheCaseInconclusive) {
    const auto reason = [](const std::string& cut) {
        const auto verdict = verdict_of(run_steps(purchase("u32(7)", ", " + cut + ", expect: {outcome: refused}")));
        EXPECT_EQ(verdict.at("verdict"), "inconclusive");
        return verdict.at("reason").at("en").get<std::string>();
    };
    EXPECT_EQ(reason("lose: {device: card, command: 8054}"), "the card was sent no command that begins with 8054");
    EXPECT_EQ(reason("tear: {device: card, command: 0084, after-write: 1}"),
              "the card answered 9000 before it came to write 1: its power was not cut");
}

} // namespace
} // namespace tongka::harness
