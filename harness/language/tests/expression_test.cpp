#include <gtest/gtest.h>

#include "harness/language/checker.hpp"
#include "harness/language/evaluator.hpp"
#include "harness/language/parser.hpp"
#include "harness/language/tests/support.hpp"

namespace tongka::harness {
namespace {

using core::Bytes;
using core::from_hex;
using core::Key;

Key triple_des(std::string_view hex) {
    return Key::create(core::Algorithm::triple_des, from_hex(hex).value()).value();
}

/// The names that expressions of these tests may use.
class ExpressionTest : public testing::Test {
protected:
    ExpressionTest() {
        bind("amount", "00000064");
        bind("seq", "00FF");
        bind("rand", "11223344");
        lookup_.keys.emplace("DLK.01", triple_des("11223344556677888877665544332211"));
        lookup_.keys.emplace("DPK.01", triple_des("501EA976E900F47BF22A9B01364896D7"));
        lookup_.keys.emplace("DTK", triple_des("00112233445566778899AABBCCDDEEFF"));
        lookup_.keys.emplace("DAMK", triple_des("00112233445566778899AABBCCDDEEFF"));
        lookup_.keys.emplace("DCMK", triple_des("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF"));
        lookup_.keys.emplace("master DPK.01", triple_des("00112233445566778899AABBCCDDEEFF"));
        lookup_.keys.emplace(
            "DULK", Key::create(core::Algorithm::sm4, from_hex("0123456789ABCDEFFEDCBA9876543210").value()).value());
        lookup_.keys.emplace("DUK", Key::create(core::Algorithm::des, from_hex("1122334455667788").value()).value());
    }

    void bind(const std::string& name, std::string_view hex) {
        auto bytes = from_hex(hex).value();
        ASSERT_TRUE(scope_.bind(name, Type::bytes(bytes.size()), scalar("vars")));
        ASSERT_TRUE(environment_.bind(name, std::move(bytes)));
    }

    /// Type and value of an expression as text: "00000064", "key 9B1D924E05595603"; or what is wrong with it.
    std::string value_of(const std::string& text) {
        auto formula = parse_formula(scalar(text), "this");
        if (!formula)
            return formula.error().message;
        auto type = check(*formula, scope_);
        if (!type)
            return type.error().message;
        auto value = evaluate(*formula, environment_);
        if (!value)
            return value.error().message;
        EXPECT_EQ(type_of(*value).is_key(), type->is_key());
        if (const auto* key = std::get_if<Key>(&*value))
            return "key " + core::to_hex(key->bytes());
        const auto& bytes = std::get<Bytes>(*value);
        EXPECT_EQ(bytes.size(), type->width.value_or(bytes.size())) << "the width that was told beforehand";
        return core::to_hex(bytes);
    }

    TableLookup lookup_;
    Environment environment_{lookup_};
    Scope scope_;
};

TEST_F(ExpressionTest, HexAndNames) {
    EXPECT_EQ(value_of("06"), "06");
    EXPECT_EQ(value_of("8000"), "8000");
    EXPECT_EQ(value_of("aBcD"), "ABCD");
    EXPECT_EQ(value_of("amount"), "00000064");
    EXPECT_EQ(value_of("today | now"), "20081009140759");
    EXPECT_EQ(value_of("card.asn"), "2144000000000001");
    EXPECT_EQ(value_of("ixit.terminal"), "001122334455");
    EXPECT_EQ(value_of("ixit.key-index"), "01");
}

TEST_F(ExpressionTest, JoiningBindsLooserThanSums) {
    EXPECT_EQ(value_of("amount | seq + 01"), "000000640100");
    EXPECT_EQ(value_of("(amount | seq) + 01"), "000000640100");
    EXPECT_EQ(value_of("00 | 01 | 02"), "000102");
}

TEST_F(ExpressionTest, SumsAreAsWideAsTheirFirst) {
    EXPECT_EQ(value_of("amount + 0001"), "00000065");
    EXPECT_EQ(value_of("amount - 64"), "00000000");
    EXPECT_EQ(value_of("seq + 0001 - 0100"), "0000");
    EXPECT_EQ(value_of("01 + 00000001"), "02");
    EXPECT_EQ(value_of("63C0 + ixit.key-index - 01"), "63C0");
    EXPECT_EQ(value_of("amount-64"), "00000000");
}

TEST_F(ExpressionTest, ASumThatDoesNotFitIsAnError) {
    EXPECT_EQ(value_of("FF + 01"), "f:1:1: FF + 01 does not fit into 1 byte");
    EXPECT_EQ(value_of("amount | seq - 0100"), "f:1:10: 00FF - 0100 does not fit into 2 bytes");
    EXPECT_EQ(value_of("01 + 0100"), "f:1:1: 01 + 0100 does not fit into 1 byte");
}

TEST_F(ExpressionTest, ByteFunctions) {
    EXPECT_EQ(value_of("u8(255) | u16(258) | u24(1) | u32(1000)"), "FF0102000001000003E8");
    EXPECT_EQ(value_of("left(rand, 3)"), "112233");
    EXPECT_EQ(value_of("right(rand, 1)"), "44");
    EXPECT_EQ(value_of("slice(rand, 1, 2)"), "2233");
    EXPECT_EQ(value_of("repeat(12, 3)"), "121212");
    EXPECT_EQ(value_of("repeat(12, 0)"), "");
    EXPECT_EQ(value_of("not(rand)"), "EEDDCCBB");
    EXPECT_EQ(value_of("xor(rand, FFFF0000)"), "EEDD3344");
    EXPECT_EQ(value_of("flip_bit(rand, 0)"), "91223344");
    EXPECT_EQ(value_of("flip_bit(rand, 31)"), "11223345");
    EXPECT_EQ(value_of("random(3)"), "A5A5A5");
    EXPECT_EQ(value_of("rule(completion-without-init)"), "6901");
}

TEST_F(ExpressionTest, ByRuleGivesOneOfTwoAndLeavesTheOtherAlone) {
    EXPECT_EQ(value_of("by_rule(log-counter, before, 01, 02) | 03"), "0103");
    EXPECT_EQ(value_of("by_rule(log-counter, after, rand, amount)"), "00000064");
    EXPECT_EQ(value_of("by_rule(completion-without-init, 6985, 01, 02)"), "02") << "a choice that looks like hex";
    EXPECT_EQ(value_of("mac(by_rule(log-counter, before, key(DTK), key(DUK)), rand)"), value_of("mac(key(DTK), rand)"))
        << "there is no DUK here";
    EXPECT_EQ(value_of("by_rule(log-counter, before, ixit.terminal, rand)"), "001122334455");
}

// standards.md 5.4, vectors A, B, E.
TEST_F(ExpressionTest, KeysOfPublishedExamples) {
    EXPECT_EQ(value_of("session(key(DLK, 01), rand | 0000 | 8000)"), "key 9B1D924E05595603");
    EXPECT_EQ(value_of("session(key(DLK, 01), rand | 0000 | right(u32(1), 2))"), "key 003238ABC57659DD");
    EXPECT_EQ(value_of("diversify(key(DAMK), 1122334455667788)"), "key 496BD7A3513644533100B54E71196528");
}

TEST_F(ExpressionTest, MacsOfPublishedExamples) {
    EXPECT_EQ(value_of("mac(session(key(DLK, 01), rand | 00008000), 00000000 | 00001000 | 01 | ixit.terminal)"),
              "2988AE5A");
    EXPECT_EQ(value_of("mac(session(key(DLK, 01), rand | 00008000), 00001000 | 01 | ixit.terminal | 20111221214822)"),
              "3A845BF0");
    EXPECT_EQ(value_of("mac(session(key(DLK, 01), rand | 00000001), 00001000 | 06 | ixit.terminal | 20120229135100)"),
              "F15CAB75");
}

// standards.md 5.5.
TEST_F(ExpressionTest, AWholePurchase) {
    EXPECT_EQ(value_of("diversify(diversify(master(DPK, 01), 2144FF0000000000), card.asn)"),
              "key 501EA976E900F47BF22A9B01364896D7");
    const std::string session = "session(key(DPK, ixit.key-index), 47800CF7 | 0006 | right(00000029, 2))";
    EXPECT_EQ(value_of(session), "key 0E095818CE75CCFA");
    EXPECT_EQ(value_of("mac(" + session + ", 00000001 | 06 | ixit.terminal | today | now)"), "FDB95F5B");
    EXPECT_EQ(value_of("mac(" + session + ", 00000001)"), "4190FFB5");
    EXPECT_EQ(value_of("mac(tac_key(key(DTK)), 00000001 | 06 | ixit.terminal | 00000029 | today | now)"), "0402BFE1");
}

// standards.md 5.4, vectors F, H1, H2, I; 5.5, SM4.
TEST_F(ExpressionTest, SecureMessagingAndCiphers) {
    const std::string cryptogram = "DCC0BB5793ABFCA2CA8C1624822F6E01A86A0B5CBED191DD";
    EXPECT_EQ(value_of("encrypt(key(DAMK), 13220000 | 00112233445566778899AABBCCDDEEFF | 80000000)"), cryptogram);
    EXPECT_EQ(value_of("decrypt(key(DAMK), " + cryptogram + ")"), "1322000000112233445566778899AABBCCDDEEFF80000000");
    EXPECT_EQ(value_of("sm_mac(key(DAMK), 5D72B3FD, 84D400001C | " + cryptogram + ")"), "8A9D4ADB");
    EXPECT_EQ(value_of("sm_mac(key(DCMK), 44A47DEB, 04D600001411223344556677889900AABBCCDDEEFF)"), "F2F62231");
    EXPECT_EQ(value_of("sm_mac(key(DCMK), D0FE4FB900000000, 11223344556677889900AABBCCDDEEFF)"), "8D318577");
    EXPECT_EQ(value_of("encrypt(key(DUK), 0102030405060708)"), "178F59F8578E0D3F");
    EXPECT_EQ(value_of("mac(key(DUK), 0102030405060708)"), "A82A8CEB");
    EXPECT_EQ(value_of("encrypt(key(DULK), 0123456789ABCDEFFEDCBA9876543210)"), "681EDF34D206965E86B3E94F536E4246");
    EXPECT_EQ(value_of("algorithm(key(DTK)) | algorithm(key(DUK)) | algorithm(key(DULK))"), "000104");
}

TEST_F(ExpressionTest, WhatIsKnownOnlyWhenItRuns) {
    lookup_.values["card.asn"] = Bytes(7);
    EXPECT_EQ(value_of("06 | card.asn"), "f:1:6: card.asn must be 8 bytes, but the run gave 7");
    EXPECT_EQ(value_of("ixit.pin"), "f:1:1: the IXIT has no 'ixit.pin'");
    EXPECT_EQ(value_of("left(ixit.terminal, 7)"), "f:1:1: 7 bytes cannot be taken from 6 bytes");
    EXPECT_EQ(value_of("xor(ixit.terminal, 00)"), "f:1:1: xor takes two values of one width, not 6 and 1 byte");
    EXPECT_EQ(value_of("flip_bit(ixit.key-index, 8)"), "f:1:1: bit 8 is not in 1 byte, whose bits are 0 to 7");
    EXPECT_EQ(value_of("repeat(ixit.terminal, 100000)"),
              "f:1:1: 600000 bytes are more than the 131072 a value may have");
    EXPECT_EQ(value_of("session(key(DTK), ixit.terminal)"), "f:1:1: the input of a session key must be 8 bytes, not 6");
    EXPECT_EQ(value_of("key(DPK, 02)"), "f:1:1: the profile has no key DPK.02");
    EXPECT_EQ(value_of("key(DPK, ixit.terminal)"), "f:1:1: a key's index must be 1 byte, not 6");
    EXPECT_EQ(value_of("encrypt(key(DULK), 0102030405060708)"), "f:1:1: data must be whole blocks of 16, not 8 bytes");
    lookup_.rules["completion-without-init"] = "none";
    EXPECT_EQ(value_of("rule(completion-without-init)"),
              "f:1:1: the value of rule 'completion-without-init' is 'none', which is no hex");
}

TEST_F(ExpressionTest, ANameWhoseStepDidNotRun) {
    ASSERT_TRUE(scope_.bind("later", Type::bytes(1), scalar("x")));
    EXPECT_EQ(value_of("06 | later"), "f:1:6: 'later' is not bound: the step that binds it did not run");
}

TEST_F(ExpressionTest, JoiningHasALimit) {
    std::string text = "random(131072)";
    EXPECT_EQ(value_of(text + " | 00"), "f:1:1: more than the 131072 bytes a value may have");
}

struct Mistake {
    const char* text;
    const char* message;
};

class ExpressionMistakes : public ExpressionTest, public testing::WithParamInterface<Mistake> {};

TEST_P(ExpressionMistakes, AreToldWhenLoaded) {
    EXPECT_EQ(value_of(GetParam().text), GetParam().message);
}

INSTANTIATE_TEST_SUITE_P(
    Grammar, ExpressionMistakes,
    testing::Values(Mistake{"", "f:1:1: a value is missing before the end"},
                    Mistake{"amount |", "f:1:9: a value is missing before the end"},
                    Mistake{"| amount", "f:1:1: a value is missing before '|'"},
                    Mistake{"amount seq", "f:1:8: an operator is missing before 'seq'"},
                    Mistake{"amount)", "f:1:7: ')' does not belong here"},
                    Mistake{"(amount", "f:1:8: ')' is missing before the end"},
                    Mistake{"amount % seq", "f:1:8: '%' does not belong here"},
                    Mistake{"amount ‖ seq", "f:1:8: '‖' does not belong here"},
                    Mistake{"012", "f:1:1: '012' is half a byte: hexadecimal digits come in pairs"},
                    Mistake{"fee", "f:1:1: 'fee' is half a byte: hexadecimal digits come in pairs"},
                    Mistake{"0x10", "f:1:1: '0x10' is neither a name nor hexadecimal"},
                    Mistake{"Amount", "f:1:1: 'Amount' is neither a name nor hexadecimal"},
                    Mistake{"left(rand)", "f:1:10: too few arguments: left(x, n)"},
                    Mistake{"left()", "f:1:6: too few arguments: left(x, n)"},
                    Mistake{"not(rand, seq)", "f:1:9: too many arguments: not(x)"},
                    Mistake{"left(rand 2)", "f:1:11: ',' is missing before '2'"},
                    Mistake{"left(rand, )", "f:1:12: argument 2 of left(x, n) must be a decimal number, not ')'"},
                    Mistake{"left(rand, 2", "f:1:13: ')' is missing before the end"},
                    Mistake{"u32(4294967296)",
                            "f:1:5: argument 1 of u32(n) must be a decimal number, not '4294967296'"},
                    Mistake{"u8(amount)", "f:1:4: argument 1 of u8(n) must be a decimal number, not 'amount'"},
                    Mistake{"rule()", "f:1:6: too few arguments: rule(name)"},
                    Mistake{"key(, 01)", "f:1:5: a name is missing before ','"},
                    Mistake{"macc(key(DTK), seq)", "f:1:1: there is no function 'macc': did you mean 'mac'?"}));

INSTANTIATE_TEST_SUITE_P(
    Names, ExpressionMistakes,
    testing::Values(
        Mistake{"00 | amuont", "f:1:6: 'amuont' is not bound here: did you mean 'amount'?"},
        Mistake{"terminal_number", "f:1:1: 'terminal_number' is not bound here: known are amount, rand, seq"},
        Mistake{"card.ans", "f:1:1: unknown name 'card.ans': did you mean 'card.asn'?"},
        Mistake{"ixit.", "f:1:1: 'ixit.' is no IXIT name: write ixit.NAME"},
        Mistake{"ixit.a.b", "f:1:1: 'ixit.a.b' is no IXIT name: write ixit.NAME"},
        Mistake{"key(DPKK, 01)", "f:1:1: there is no key 'DPKK': did you mean 'DPK'?"},
        Mistake{"rule(log-countr)", "f:1:1: there is no rule 'log-countr': did you mean 'log-counter'?"},
        Mistake{"rule(log-counter)",
                "f:1:1: the value of rule 'log-counter' is a word, not hex: it can only be compared, as in "
                "rule(log-counter) == before"},
        Mistake{"by_rule(log-countr, before, 01, 02)",
                "f:1:1: there is no rule 'log-countr': did you mean 'log-counter'?"},
        Mistake{"by_rule(log-counter, befor, 01, 02)",
                "f:1:1: 'befor' is no choice of rule 'log-counter': did you mean 'before'?"},
        Mistake{"by_rule(log-counter, , 01)", "f:1:22: a choice of the rule is missing before ','"},
        Mistake{"by_rule(log-counter, before, 01)", "f:1:32: too few arguments: by_rule(name, choice, a, b)"}));

INSTANTIATE_TEST_SUITE_P(
    Types, ExpressionMistakes,
    testing::Values(
        Mistake{"mac(amount, seq)", "f:1:5: mac(key, data) takes a key here, but 'amount' is 4 bytes"},
        Mistake{"mac(key(DTK), key(DTK))", "f:1:15: mac(key, data) takes bytes here, but 'key(DTK)' is a key"},
        Mistake{"seq | key(DTK)", "f:1:7: what is joined with '|' must be bytes, but 'key(DTK)' is a key"},
        Mistake{"key(DTK) + 01", "f:1:1: a number must be bytes, but 'key(DTK)' is a key"},
        Mistake{"session(key(DTK), rand | seq)", "f:1:1: the input of a session key must be 8 bytes, not 6"},
        Mistake{"diversify(key(DTK), rand)", "f:1:1: a factor must be 8 bytes, not 4"},
        Mistake{"00 | key(DPK, seq)", "f:1:6: a key's index must be 1 byte, not 2"},
        Mistake{"sm_mac(key(DTK), seq, rand)", "f:1:1: a challenge must be 4 or 8 bytes, not 2"},
        Mistake{"encrypt(key(DTK), rand)", "f:1:1: data must be whole blocks, not 4 bytes"},
        Mistake{"xor(rand, seq)", "f:1:1: xor takes two values of one width, not 4 and 2 bytes"},
        Mistake{"by_rule(log-counter, before, rand, seq)",
                "f:1:1: by_rule takes two values of one kind and width, not 4 bytes and 2 bytes"},
        Mistake{"by_rule(log-counter, before, rand, key(DTK))",
                "f:1:1: by_rule takes two values of one kind and width, not 4 bytes and a key"},
        Mistake{"right(rand, 5)", "f:1:1: 5 bytes cannot be taken from 4 bytes"},
        Mistake{"slice(rand, 3, 2)", "f:1:1: bytes up to 5 cannot be taken from 4 bytes"},
        Mistake{"flip_bit(rand, 32)", "f:1:1: bit 32 is not in 4 bytes, whose bits are 0 to 31"},
        Mistake{"u8(256)", "f:1:1: u8 holds up to 255, not 256"},
        Mistake{"u24(16777216)", "f:1:1: u24 holds up to 16777215, not 16777216"},
        Mistake{"repeat(rand, 100000)", "f:1:1: 400000 bytes are more than the 131072 a value may have"},
        Mistake{"random(1000000)", "f:1:1: 1000000 bytes are more than the 131072 a value may have"}));

TEST_F(ExpressionTest, DepthHasALimit) {
    const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "00" + std::string(depth, ')'); };
    EXPECT_EQ(value_of(nested(59)), "00");
    EXPECT_EQ(value_of(nested(60)), "f:1:61: nested more than 60 deep");
    std::string sum = "00";
    for (int i = 0; i < 60; ++i)
        sum += "+00";
    EXPECT_EQ(value_of(sum), "f:1:180: more than 60 terms");
}

} // namespace
} // namespace tongka::harness
