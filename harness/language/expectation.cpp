#include "harness/language/expectation.hpp"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/hex.hpp"
#include "core/nearest.hpp"
#include "harness/language/checker.hpp"
#include "harness/language/evaluator.hpp"
#include "harness/language/parser.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using core::document::Node;

constexpr std::string_view absent = "none";
constexpr std::string_view negation = "not";

Result<Expectation> parse_words(const Node& node, const ActionSlot& slot) {
    Expectation made{.source = node, .slot = &slot, .form = Expectation::Form::words};
    Parser parser(node);
    if (parser.peek().is(negation) && !node.text.starts_with(fmt::format("{}-", negation))) { // "not-started" is a word
        parser.take();
        made.negated = true;
    }
    while (true) {
        TONGKA_TRY(const auto word, parser.take_hyphenated(fmt::format("a word of '{}'", slot.name)));
        if (std::ranges::find(slot.words, word.text) == slot.words.end())
            return fail(parser.error(
                word, fmt::format("'{}' is never '{}'{}", slot.name, word.text, core::suggest(word.text, slot.words))));
        made.words.emplace_back(word.text);
        if (!parser.peek().is("|"))
            break;
        parser.take();
    }
    TONGKA_CHECK(parser.finish());
    return made;
}

std::string written(const ActionSlot& slot, const ActionValue& value) {
    if (const auto* word = std::get_if<std::string>(&value))
        return *word;
    const auto& bytes = std::get<core::Bytes>(value);
    return slot.kind == ActionSlot::Kind::number ? std::to_string(core::read_big_endian(bytes)) : core::to_hex(bytes);
}

CheckResult compare_words(const Expectation& expectation, const std::string& word) {
    const bool is_among = std::ranges::find(expectation.words, word) != expectation.words.end();
    const auto name = expectation.slot->name;
    const auto all = fmt::format("{}", fmt::join(expectation.words, " | "));
    CheckResult result{.pass = is_among != expectation.negated,
                       .expected = (expectation.negated ? "not " : "") + all,
                       .received = word};
    if (!result.pass) {
        const auto zh = fmt::format("{}", fmt::join(expectation.words, "或"));
        const auto en = fmt::format("{}", fmt::join(expectation.words, " or "));
        result.message = {
            fmt::format("{}为{}，{}为{}", name, word, expectation.negated ? "不应" : "应", zh),
            fmt::format("{} is {}, {} {}", name, word, expectation.negated ? "and must not be" : "not", en)};
    }
    return result;
}

/// A secret is compared, and not told.
CheckResult hide(CheckResult result, const ActionSlot& slot) {
    constexpr std::string_view hidden = "**";
    result.expected = result.received = hidden;
    result.difference.clear();
    if (!result.pass)
        result.message = {fmt::format("{}不符", slot.name), fmt::format("{} is another one", slot.name)};
    return result;
}

CheckResult expect_none(const ActionSlot& slot, const ActionValue* value) {
    CheckResult result{.pass = value == nullptr, .expected = std::string(absent), .received = std::string(absent)};
    if (value != nullptr) {
        result.received = written(slot, *value);
        result.message = {fmt::format("给出了{}：{}，不应给出", slot.name, result.received),
                          fmt::format("{} is {}, and there must be none", slot.name, result.received)};
    }
    return result;
}

Result<CheckResult> compare_value(const Expectation& expectation, const ActionValue* value,
                                  const Environment& environment) {
    const auto& slot = *expectation.slot;
    if (expectation.form == Expectation::Form::none)
        return expect_none(slot, value);
    if (value == nullptr)
        return not_given(slot.name, expectation.source.text);
    if (expectation.form == Expectation::Form::words)
        return compare_words(expectation, std::get<std::string>(*value));
    const auto& received = std::get<core::Bytes>(*value);
    TONGKA_TRY(const auto right, evaluate_bytes(expectation.right, expectation.source, environment));
    if (right.size() == received.size())
        return compare(expectation.operation, slot.name, received, expectation.right.written(expectation.source.text),
                       right, slot.kind == ActionSlot::Kind::number);
    // Only of a result that may have any length.
    CheckResult result{.expected = core::to_hex(right), .received = core::to_hex(received)};
    result.message = {fmt::format("{}为{}，应为{}", slot.name, result.received, result.expected),
                      fmt::format("{} is {}, not {}", slot.name, result.received, result.expected)};
    return result;
}

} // namespace

Result<Expectation> parse_expectation(const Node& node, const ActionSlot& slot) {
    TONGKA_TRY(const auto text, node.as_text(slot.name));
    if (text == absent) {
        if (slot.required)
            return fail(node.error(fmt::format("'{}' is always given", slot.name)));
        return Expectation{.source = node, .slot = &slot};
    }
    if (slot.kind == ActionSlot::Kind::word)
        return parse_words(node, slot);
    Expectation made{.source = node, .slot = &slot, .form = Expectation::Form::bytes};
    Parser parser(node);
    if (const auto operation = operator_of(parser.peek().text)) {
        made.operation = *operation;
        parser.take();
    }
    TONGKA_TRY(made.right, parser.expression());
    TONGKA_CHECK(parser.finish());
    return made;
}

Result<void> check(const Expectation& expectation, Scope& scope) {
    if (expectation.form != Expectation::Form::bytes)
        return {};
    const auto& right = expectation.right;
    TONGKA_TRY(const auto type, check(right, expectation.source, scope));
    const auto written = right.written(expectation.source.text);
    if (type.is_key())
        return fail(
            expectation.source.error_at(right.begin, fmt::format("'{}' is a key: only bytes are compared", written)));
    const auto& slot = *expectation.slot;
    const auto wanted = slot.kind == ActionSlot::Kind::number ? Type::bytes(4)
                        : slot.width == 0                     ? Type::bytes()
                                                              : Type::bytes(slot.width);
    if (type.width && wanted.width && *type.width != *wanted.width)
        return fail(expectation.source.error_at(right.begin, fmt::format("'{}' is {}, but '{}' is {}", slot.name,
                                                                         form_of(slot), written, to_string(type))));
    return {};
}

Result<CheckResult> compare(const Expectation& expectation, const Values& results, const Environment& environment) {
    const auto name = expectation.slot->name;
    TONGKA_TRY(auto result, compare_value(expectation, results.find(name), environment));
    if (!result.pass && expectation.slot->kind == ActionSlot::Kind::number) { // "shown is 0" alone says little
        result.message.zh = fmt::format("{}：{}", expectation.slot->title.zh, result.message.zh);
        result.message.en = fmt::format("{}: {}", expectation.slot->title.en, result.message.en);
    }
    if (expectation.slot->secret)
        result = hide(std::move(result), *expectation.slot);
    result.expected = fmt::format("{}: {}", name, result.expected);
    result.received = fmt::format("{}: {}", name, result.received);
    return result;
}

CheckResult not_given(std::string_view result, std::string_view expected) {
    return {.pass = false,
            .expected = std::string(expected),
            .received = std::string(absent),
            .message = {fmt::format("没有给出{}", result), fmt::format("no {} was given", result)}};
}

} // namespace tongka::harness
