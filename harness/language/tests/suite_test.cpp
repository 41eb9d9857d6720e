#include <gtest/gtest.h>

#include "harness/language/loader.hpp"

namespace tongka::harness {
namespace {

constexpr const char* procedures = R"yaml(
- procedure: balance-is
  title: {zh: 余额等于, en: The balance is}
  device: card
  params: {value: 4}
  steps:
    - send: "80 5C 00 02 04"
      expect: "9000 {=value:4}"
- procedure: begun
  title: {zh: 初始化, en: Begun}
  device: card
  params: {amount: 4, purchase_key: key}
  returns: {rand: 4, process_key: key}
  steps:
    - send: "80 50 01 02 [01 {amount:4}] 0F"
      expect: "9000 {rand:4} *"
    - let: {process_key: "session(purchase_key, rand | 00000001)"}
- procedure: terminal
  title: {zh: 终端, en: Terminal}
  device: psam
  steps:
    - send: "00 B0 96 00 06"
)yaml";

/// A case of `device: card` with these lines below its title and covers.
std::string case_with(const std::string& lines) {
    return "- id: one\n"                  // line 1
           "  title: {zh: 一, en: One}\n" // line 2
           "  covers: [304-PUR-001]\n"    // line 3
           "  device: card\n" +           // line 4
           lines;                         // line 5…
}

std::string mistake(const std::string& cases, const std::string& of_procedures = procedures) {
    auto suite = parse_suite({{cases, "c", "cjt304"}}, {{of_procedures, "p", ""}});
    return suite ? "none" : suite.error().message;
}

std::string mistake_in(const std::string& lines) {
    return mistake(case_with(lines));
}

/// One procedure `p1` with these lines below its title.
std::string mistake_in_procedure(const std::string& lines) {
    return mistake(case_with("  steps: [reset: card]\n"), "- procedure: p1\n"            // line 1
                                                          "  title: {zh: 一, en: One}\n" // line 2
                                                          "  device: card\n" +           // line 3
                                                              lines);
}

TEST(Suite, TheRealCasesLoad) {
    auto suite = load_suite(std::filesystem::path(TONGKA_SOURCE_DIR) / "testcases");
    ASSERT_TRUE(suite) << suite.error().message;
    EXPECT_FALSE(suite->cases.empty());
    EXPECT_FALSE(suite->procedures.empty());
}

TEST(Suite, ACaseIsReadWhole) {
    auto suite = parse_suite({{R"yaml(
- id: everything
  title: {zh: 全部, en: Everything}
  covers: [304-PUR-001, 333-KEY-004]
  applies: EP and not ED
  devices: [psam, card]
  spends: {mac: 1, psam-mac: 2}
  vars: {amount: u32(7)}
  setup:
    - reset: card
  steps:
    - send-raw: "80"
      to: card
      expect: any
      because: plain words
      requirement: 333-KEY-004
    - call: begun
      with: {amount: amount, purchase_key: "key(DPK, 01)"}
      gives: {session_key: process_key}
      when: "amount > 00000000"
    - let: {mac1: "mac(session_key, amount)"}
      when: "amount > 00000000"
  cleanup:
    - check: "amount == 00000007"
      because: {zh: 不变, en: unchanged}
)yaml",
                               "c", "cjt304"}},
                             {{procedures, "p", ""}});
    ASSERT_TRUE(suite) << suite.error().message;
    const auto& one = suite->cases.at(0);
    EXPECT_EQ(one.standard + "/" + one.id + " " + one.place, "cjt304/everything c:2:3");
    EXPECT_EQ(one.title.zh, "全部");
    EXPECT_EQ(one.covers, (std::vector<std::string>{"304-PUR-001", "333-KEY-004"}));
    EXPECT_TRUE(one.applies.has_value());
    EXPECT_EQ(one.devices, (std::vector{Role::psam, Role::card}));
    EXPECT_EQ(one.spends, (Spends{{"mac", 1}, {"psam-mac", 2}}));
    EXPECT_EQ(one.vars.at(0).name(), "amount");

    ASSERT_EQ(one.setup.size() + one.steps.size() + one.cleanup.size(), 5U);
    EXPECT_TRUE(std::holds_alternative<Reset>(one.setup[0].action));
    EXPECT_EQ(one.setup[0].device, Role::card);

    const auto& raw = one.steps[0];
    EXPECT_TRUE(std::get<Send>(raw.action).raw);
    EXPECT_TRUE(std::get<Send>(raw.action).expect.is_any());
    EXPECT_EQ(raw.device, Role::card);
    EXPECT_EQ(raw.because->zh, "plain words");
    EXPECT_EQ(raw.requirements, std::vector<std::string>{"333-KEY-004"});
    EXPECT_EQ(raw.place, "c:12:7");

    const auto& call = std::get<Call>(one.steps[1].action);
    EXPECT_EQ(call.procedure, &suite->procedures.at("begun"));
    EXPECT_EQ(call.gives.at(0).name.text + " " + call.gives.at(0).returned.text, "session_key process_key");
    EXPECT_TRUE(one.steps[1].when.has_value());
    EXPECT_EQ(one.steps[1].device, Role::psam);
    EXPECT_EQ(one.cleanup[0].because->en, "unchanged");
}

TEST(Suite, ACaseKnowsWhichDevicesItTears) {
    const auto torn = [](const std::string& steps) {
        const std::string procedure = "- procedure: torn\n  title: {zh: 一, en: One}\n  device: psam\n  steps:\n"
                                      "    - {send: '80720000', tear: {before-write: 2}}\n"
                                      "- procedure: deeper\n  title: {zh: 一, en: One}\n  device: psam\n"
                                      "  steps: [call: torn]\n";
        auto suite = parse_suite({{"- id: one\n  title: {zh: 一, en: One}\n  covers: [304-PUR-001]\n"
                                   "  devices: [card, psam]\n  steps:\n" +
                                       steps,
                                   "c", "cjt304"}},
                                 {{procedure, "p", ""}});
        EXPECT_TRUE(suite) << suite.error().message;
        return suite->cases.at(0).needs.torn;
    };
    EXPECT_EQ(torn("    - send: '80540100'\n"), std::vector<Role>{});
    EXPECT_EQ(torn("    - {send: '80540100', tear: {after-write: 1}}\n"), std::vector{Role::card});
    EXPECT_EQ(torn("    - call: deeper\n    - {send: '80540100', tear: {after-write: 1}}\n"),
              (std::vector{Role::psam, Role::card}));
}

struct Mistake {
    const char* lines;
    const char* message;
};

class CaseMistakes : public testing::TestWithParam<Mistake> {};
TEST_P(CaseMistakes, AreToldWithTheirPlace) {
    EXPECT_EQ(mistake_in(GetParam().lines), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Keys, CaseMistakes,
    testing::Values(
        Mistake{"  stepz: [reset: card]\n", "c:5:3: unknown key 'stepz' in a case: did you mean 'steps'?"},
        Mistake{"", "c:1:3: a case needs 'steps'"}, Mistake{"  steps: []\n", "c:5:10: 'steps' has no steps"},
        Mistake{"  steps: {}\n", "c:5:10: 'steps' must be a list, not a mapping"},
        Mistake{"  steps: [card]\n", "c:5:11: a step must be a mapping, not a text"},
        Mistake{"  steps: [because: x]\n",
                "c:5:11: a step needs one of send, send-raw, let, check, call, reset, do, manual, steps"},
        Mistake{"  steps:\n  - {send: '00B0', reset: card}\n",
                "c:6:5: a step does one thing, but this has 'send' and 'reset'"},
        Mistake{"  steps:\n  - reset: card\n    expect: '9000'\n", "c:7:5: 'expect' does not go with 'reset'"},
        Mistake{"  steps:\n  - sned: '00B0'\n", "c:6:5: unknown key 'sned' in a step: did you mean 'send'?"},
        Mistake{"  steps:\n  - reset: crad\n", "c:6:12: there is no device 'crad': did you mean 'card'?"},
        Mistake{"  steps:\n  - reset: psam\n", "c:6:12: 'psam' is not among the devices declared (device, devices)"},
        Mistake{"  steps:\n  - send: '00B0960006'\n    to: psam\n",
                "c:7:9: 'psam' is not among the devices declared (device, devices)"},
        Mistake{"  devices: [card]\n  steps: [reset: card]\n", "c:1:3: a case needs 'device' or 'devices', not both"},
        Mistake{"  spends: {max: 1}\n  steps: [reset: card]\n",
                "c:5:12: there are no tries of 'max': did you mean 'mac'?"},
        Mistake{"  spends: {maintenence: 1}\n  steps: [reset: card]\n",
                "c:5:12: there are no tries of 'maintenence': did you mean 'maintenance'?"},
        Mistake{"  spends: {mac: 0}\n  steps: [reset: card]\n",
                "c:5:17: how many tries are spent is a decimal number from 1 to 255, not '0'"},
        Mistake{"  applies: EP or\n  steps: [reset: card]\n", "c:5:17: an ICS key is missing before the end"},
        Mistake{"  steps:\n  - check: '00 == 00'\n    requirement: 304-PUR-002\n",
                "c:7:18: '304-PUR-002' is not in covers: did you mean '304-PUR-001'?"},
        Mistake{"  steps:\n  - check: '00 == 00'\n    because: [x]\n",
                "c:7:14: 'because' must be a text or a mapping, not a list"},
        Mistake{"  steps:\n  - check: '00 == 00'\n    because: {zh: 一}\n", "c:7:14: because needs 'en'"}));

INSTANTIATE_TEST_SUITE_P(
    Tears, CaseMistakes,
    testing::Values(Mistake{"  steps:\n  - send: '80540100'\n    tear: {after-wrote: 1}\n",
                            "c:7:12: unknown key 'after-wrote' in tear: did you mean 'after-write'?"},
                    Mistake{"  steps:\n  - send: '80540100'\n    tear: {after-write: 0}\n",
                            "c:7:25: the number of a write is a decimal number from 1 to 65535, not '0'"},
                    Mistake{"  steps:\n  - send: '80540100'\n    tear: {after-write: 1, before-write: 1}\n",
                            "c:7:11: 'tear' needs after-write or before-write, one of them"},
                    Mistake{"  steps:\n  - send: '80540100'\n    tear: {}\n",
                            "c:7:11: 'tear' needs after-write or before-write, one of them"},
                    Mistake{"  steps:\n  - send: '80540100'\n    tear: 1\n",
                            "c:7:11: 'tear' must be a mapping, not a text"},
                    Mistake{"  steps:\n  - send: '80540100'\n    tear: {after-write: 1}\n    expect: '9000'\n",
                            "c:8:5: 'expect' does not go with 'tear': the answer is lost, and nothing is checked"},
                    Mistake{"  steps:\n  - send-raw: '80540100'\n    tear: {after-write: 1}\n",
                            "c:7:5: 'tear' does not go with 'send-raw'"}));

INSTANTIATE_TEST_SUITE_P(
    Names, CaseMistakes,
    testing::Values(
        Mistake{"  vars: {amount: u32(1)}\n  steps:\n  - send: \"80 50 01 02 [{amuont:4}]\"\n",
                "c:7:26: 'amuont' is not bound here: did you mean 'amount'?"},
        Mistake{"  vars: {amount: u32(1)}\n  steps:\n  - let: {amount: u32(2)}\n",
                "c:7:11: 'amount' is bound already, in line 5"},
        Mistake{"  vars: {total: amount + 01, amount: u32(1)}\n  steps: [reset: card]\n",
                "c:5:17: 'amount' is not bound here"},
        Mistake{"  vars: {abcd: u32(1)}\n  steps: [reset: card]\n",
                "c:5:10: 'abcd' cannot be a name: it looks like hexadecimal"},
        Mistake{"  steps:\n  - check: 'seq == 0001'\n  - send: '80 50 01 02'\n    expect: '9000 {seq:2}'\n",
                "c:6:13: 'seq' is not bound here"},
        Mistake{"  steps:\n  - send: '80 50 01 02'\n    expect: '9000 {seq:2}'\n  - check: 'seq == 01'\n",
                "c:8:13: 'seq' has 2 bytes and '01' 1: only values of one width are compared"},
        Mistake{"  steps:\n  - let: {seq: '0001'}\n    when: '00 == 00'\n  - check: 'seq == 0001'\n",
                "c:8:13: 'seq' is bound only when 00 == 00, in line 6: a step that uses it needs the same 'when'"},
        Mistake{"  steps:\n  - let: {seq: '0001'}\n  cleanup:\n  - check: 'seq == 0001'\n",
                "c:8:13: 'seq' is not bound here: cleanup runs even where the steps that bind it did not"},
        Mistake{"  steps:\n  - let: {seq: '0001'}\n  cleanup:\n  - let: {seq: '0001'}\n",
                "c:8:11: 'seq' is bound already, in line 6"}));

INSTANTIATE_TEST_SUITE_P(
    Calls, CaseMistakes,
    testing::Values(
        Mistake{"  steps:\n  - call: balance-iz\n",
                "c:6:11: there is no procedure 'balance-iz': did you mean 'balance-is'?"},
        Mistake{"  steps:\n  - call: balance-is\n", "c:6:11: procedure 'balance-is' needs 'value'"},
        Mistake{"  steps:\n  - call: balance-is\n    with: {valeu: u32(1)}\n",
                "c:7:12: 'valeu' is no parameter of 'balance-is': did you mean 'value'?"},
        Mistake{"  steps:\n  - call: balance-is\n    with: {value: u16(1)}\n",
                "c:7:19: parameter 'value' of 'balance-is' is 4 bytes, but this is 2 bytes"},
        Mistake{"  steps:\n  - call: balance-is\n    with: {value: key(DTK)}\n",
                "c:7:19: parameter 'value' of 'balance-is' is 4 bytes, but this is a key"},
        Mistake{"  steps:\n  - call: begun\n    with: {amount: u32(1), purchase_key: key(DTK)}\n    gives: {x: ran}\n",
                "c:8:16: 'ran' is not returned by 'begun': did you mean 'rand'?"},
        Mistake{"  vars: {x: '00'}\n  steps:\n  - call: begun\n    with: {amount: u32(1), purchase_key: key(DTK)}\n"
                "    gives: {x: rand}\n",
                "c:9:13: 'x' is bound already, in line 5"},
        Mistake{"  steps:\n  - call: terminal\n",
                "c:6:11: procedure 'terminal' talks to the psam, which is not among the devices declared"}));

class ProcedureMistakes : public testing::TestWithParam<Mistake> {};
TEST_P(ProcedureMistakes, AreToldWithTheirPlace) {
    EXPECT_EQ(mistake_in_procedure(GetParam().lines), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    All, ProcedureMistakes,
    testing::Values(
        Mistake{"  params: {value: 4}\n  steps: [reset: card]\n", "p:4:12: parameter 'value' is never used"},
        Mistake{"  params: {value: four}\n  steps: [reset: card]\n",
                "p:4:19: a width of 'params' is a decimal number from 1 to 131072, not 'four'"},
        Mistake{"  returns: {value: 4}\n  steps: [reset: card]\n",
                "p:4:13: 'value' is returned, but no step surely binds it"},
        Mistake{"  returns: {value: 4}\n  steps:\n  - let: {value: '0001'}\n",
                "p:4:13: 'value' is returned as 4 bytes, but is 2 bytes"},
        Mistake{"  returns: {value: key}\n  steps:\n  - let: {value: '0001'}\n",
                "p:4:13: 'value' is returned as a key, but is 2 bytes"},
        Mistake{"  returns: {value: 2}\n  steps:\n  - let: {value: '0001'}\n    when: '00 == 00'\n",
                "p:4:13: 'value' is returned, but no step surely binds it"},
        Mistake{"  params: {value: 2}\n  steps:\n  - let: {value: '0001'}\n",
                "p:6:11: 'value' is bound already, in line 4"},
        Mistake{"  covers: [304-PUR-001]\n  steps: [reset: card]\n",
                "p:4:3: unknown key 'covers' in a procedure: known are device, devices, params, procedure, returns, "
                "steps, title"},
        Mistake{"  steps:\n  - check: '00 == 00'\n    requirement: 304-PUR-001\n",
                "p:6:18: a procedure is about no requirement of its own: say it where it is called"},
        Mistake{"  steps:\n  - call: p1\n", "p:5:11: a circle of procedures: p1 → p1"},
        Mistake{"  steps:\n  - call: p2\n"
                "- procedure: p2\n  title: {zh: 二, en: Two}\n  device: card\n  steps: [call: p3]\n"
                "- procedure: p3\n  title: {zh: 三, en: Three}\n  device: card\n  steps: [call: p2]\n",
                "p:13:17: a circle of procedures: p2 → p3 → p2"},
        Mistake{"  steps: [reset: card]\n- procedure: p1\n  title: {zh: 一, en: One}\n  device: card\n"
                "  steps: [reset: card]\n",
                "p:5:3: there is a procedure 'p1' already, at p:1:3"}));

TEST(Suite, AnIdIsUniqueInItsStandard) {
    const auto one = case_with("  steps: [reset: card]\n");
    const auto load = [&](const char* second) {
        auto suite = parse_suite({{one, "a", "cjt304"}, {one, "b", second}}, {});
        return suite ? "none" : suite.error().message;
    };
    EXPECT_EQ(load("cjt333"), "none");
    EXPECT_EQ(load("cjt304"), "b:1:3: there is a case 'one' already, at a:1:3");
}

TEST(Suite, HeadsAreChecked) {
    const std::string rest = "  device: card\n  steps: [reset: card]\n";
    EXPECT_EQ(mistake("a: b\n"), "c:1:1: a file of cases must be a list, not a mapping");
    EXPECT_EQ(mistake("- id: One\n  title: {zh: 一, en: One}\n  covers: [304-PUR-001]\n" + rest),
              "c:1:7: 'One' cannot be the id of a case: it is made of a-z, 0-9 and -");
    EXPECT_EQ(mistake("- id: one\n  title: One\n  covers: [304-PUR-001]\n" + rest),
              "c:2:10: 'title' must be a mapping, not a text");
    EXPECT_EQ(mistake("- id: one\n  title: {zh: 一, em: One}\n  covers: [304-PUR-001]\n" + rest),
              "c:2:18: unknown key 'em' in title: known are en, zh");
    EXPECT_EQ(mistake("- id: one\n  title: {zh: 一, en: ''}\n  covers: [304-PUR-001]\n" + rest),
              "c:2:22: 'en' is empty");
    EXPECT_EQ(mistake("- id: one\n  title: {zh: 一, en: One}\n  covers: []\n" + rest),
              "c:3:11: at least one requirement must be named");
    EXPECT_EQ(mistake("- id: one\n  title: {zh: 一, en: One}\n  covers: [PUR-1]\n" + rest),
              "c:3:12: 'PUR-1' is no requirement id, such as 304-PUR-012");
    EXPECT_EQ(mistake("- id: one\n  title: {zh: 一, en: One}\n  covers: [304-PUR-001, 304-PUR-001]\n" + rest),
              "c:3:25: '304-PUR-001' is given twice");
}

TEST(Suite, ChainsOfProceduresHaveALimit) {
    std::string chain;
    for (int i = 0; i < 40; ++i)
        chain += "- procedure: p" + std::to_string(i) + "\n  title: {zh: 一, en: One}\n  device: card\n  steps: [" +
                 (i < 39 ? "call: p" + std::to_string(i + 1) : std::string("reset: card")) + "]\n";
    EXPECT_NE(
        mistake(case_with("  steps: [reset: card]\n"), chain).find("procedures call each other more than 32 deep"),
        std::string::npos);
}

TEST(Suite, AnAbsentFolderIsNamed) {
    EXPECT_EQ(load_suite(std::filesystem::path("/nonexistent")).error().message,
              "/nonexistent/cases: cannot be read: No such file or directory");
}

} // namespace
} // namespace tongka::harness
