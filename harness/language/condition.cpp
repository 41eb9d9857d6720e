#include "harness/language/condition.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/nearest.hpp"
#include "harness/language/parser.hpp"
#include "harness/language/vocabulary.hpp"

namespace tongka::harness {
namespace {

using core::fail;
using core::Result;
using core::document::Node;
using Kind = Condition::Kind;

constexpr unsigned deepest = 60;

class ConditionParser {
public:
    explicit ConditionParser(const Node& source) : parser_(source) {}

    Result<Condition> whole() {
        TONGKA_TRY(auto condition, chain(Kind::disjunction));
        if (parser_.peek().kind != Token::Kind::end)
            return fail(parser_.error(parser_.peek(),
                                      fmt::format("'and' or 'or' is missing before {}", shown(parser_.peek()))));
        return condition;
    }

private:
    /// Operands with `or` between them, each of operands with `and` between them.
    Result<Condition> chain(Kind kind) {
        const auto next = [&] { return kind == Kind::disjunction ? chain(Kind::conjunction) : operand(); };
        TONGKA_TRY(auto first, next());
        const std::string_view word = kind == Kind::disjunction ? "or" : "and";
        if (!parser_.peek().is(word))
            return first;
        Condition all{.kind = kind, .begin = first.begin};
        all.operands.push_back(std::move(first));
        while (parser_.peek().is(word)) {
            parser_.take();
            TONGKA_TRY(auto more, next());
            all.operands.push_back(std::move(more));
        }
        return all;
    }

    Result<Condition> operand() {
        if (++depth_ > deepest)
            return fail(parser_.error(parser_.peek(), fmt::format("nested more than {} deep", deepest)));
        auto result = parser_.peek().is("not") ? negation() : parser_.peek().is("(") ? group() : claim();
        --depth_;
        return result;
    }

    Result<Condition> negation() {
        Condition whole{.kind = Kind::negation, .begin = parser_.take().begin};
        TONGKA_TRY(auto inner, operand());
        whole.operands.push_back(std::move(inner));
        return whole;
    }

    Result<Condition> group() {
        parser_.take();
        TONGKA_TRY(auto inner, chain(Kind::disjunction));
        TONGKA_CHECK(parser_.take(")"));
        return inner;
    }

    Result<Condition> claim() {
        TONGKA_TRY(const auto name, parser_.take_hyphenated("an ICS key"));
        if (name.text == "and" || name.text == "or")
            return fail(parser_.error(name, fmt::format("an ICS key is missing before '{}'", name.text)));
        if (name.text == "rule" && parser_.peek().is("("))
            return rule(name);
        return Condition{.kind = Kind::key, .begin = name.begin, .name = std::string(name.text)};
    }

    Result<Condition> rule(const Token& first) {
        parser_.take();
        TONGKA_TRY(const auto name, parser_.take_hyphenated("a rule"));
        TONGKA_CHECK(parser_.take(")"));
        const auto* info = find_rule(name.text);
        if (info == nullptr)
            return fail(parser_.error(name, unknown_rule(name.text).message));
        const auto operation = parser_.take();
        if (!operation.is("==") && !operation.is("!="))
            return fail(parser_.error(operation, fmt::format("== or != is missing before {}", shown(operation))));
        TONGKA_TRY(const auto choice, parser_.take_hyphenated("a choice of the rule"));
        if (std::ranges::find(info->choices, choice.text) == info->choices.end())
            return fail(parser_.error(choice, unknown_choice(*info, choice.text).message));
        return Condition{.kind = operation.is("==") ? Kind::rule_is : Kind::rule_is_not,
                         .begin = first.begin,
                         .name = std::string(name.text),
                         .choice = std::string(choice.text)};
    }

    Parser parser_;
    unsigned depth_ = 0;
};

class Judge {
public:
    Judge(const Node& source, const Claims& claims, const core::Rules& rules, const KeyTitles& titles)
        : source_(source), claims_(claims), rules_(rules), titles_(titles) {}

    Result<Applicability> judge(const Condition& condition) const {
        switch (condition.kind) {
        case Kind::key:
            return judge_key(condition);
        case Kind::rule_is:
        case Kind::rule_is_not:
            return judge_rule(condition);
        case Kind::negation: {
            TONGKA_TRY(auto inner, judge(condition.operands[0]));
            inner.applies = !inner.applies;
            return inner;
        }
        case Kind::conjunction:
        case Kind::disjunction:
            break;
        }
        return judge_chain(condition);
    }

private:
    Result<Applicability> judge_key(const Condition& condition) const {
        const auto found = claims_.find(condition.name);
        if (found == claims_.end()) {
            std::vector<std::string_view> keys;
            for (const auto& [key, claimed] : claims_)
                keys.push_back(key);
            return fail(source_.error_at(condition.begin, fmt::format("the ICS does not declare '{}'{}", condition.name,
                                                                      core::suggest(condition.name, keys))));
        }
        Words named{condition.name, condition.name};
        if (const auto title = titles_.find(condition.name); title != titles_.end())
            named = {fmt::format("{}（{}）", condition.name, title->second.zh),
                     fmt::format("{} ({})", condition.name, title->second.en)};
        return Applicability{found->second,
                             {fmt::format("{}声明支持{}", found->second ? "" : "未", named.zh),
                              fmt::format("{}declared: {}", found->second ? "" : "not ", named.en)}};
    }

    Result<Applicability> judge_rule(const Condition& condition) const {
        TONGKA_TRY(const auto value, rules_.value(condition.name));
        const bool same = value == condition.choice;
        return Applicability{
            same == (condition.kind == Kind::rule_is),
            {fmt::format("规则{}为{}{}", condition.name, value, same ? "" : fmt::format("，而非{}", condition.choice)),
             fmt::format("rule {} is {}{}", condition.name, value,
                         same ? "" : fmt::format(", not {}", condition.choice))}};
    }

    /// The reason is that of the operands that decide: of an `and` that holds, and of an `or` that does not, all of
    /// them.
    Result<Applicability> judge_chain(const Condition& condition) const {
        const bool all = condition.kind == Kind::conjunction;
        std::vector<Applicability> parts;
        for (const auto& operand : condition.operands) {
            TONGKA_TRY(auto part, judge(operand));
            parts.push_back(std::move(part));
        }
        const auto decides = [&](const Applicability& part) { return part.applies != all; };
        const bool decided = std::ranges::any_of(parts, decides);
        Applicability whole{decided ? !all : all, {}};
        for (const auto& part : parts)
            if (!decided || decides(part)) {
                whole.reason.zh += (whole.reason.empty() ? "" : "，") + part.reason.zh;
                whole.reason.en += (whole.reason.en.empty() ? "" : ", ") + part.reason.en;
            }
        return whole;
    }

    const Node& source_;
    const Claims& claims_;
    const core::Rules& rules_;
    const KeyTitles& titles_;
};

} // namespace

Result<AppliesClause> parse_condition(const Node& node, std::string_view what) {
    TONGKA_CHECK(node.as_text(what));
    TONGKA_TRY(auto root, ConditionParser(node).whole());
    return AppliesClause{node, std::move(root)};
}

Result<Applicability> evaluate(const AppliesClause& clause, const Claims& claims, const core::Rules& rules,
                               const KeyTitles& titles) {
    return Judge(clause.source, claims, rules, titles).judge(clause.root);
}

std::set<std::string> keys_of(const Condition& condition) {
    std::set<std::string> keys;
    if (condition.kind == Kind::key)
        keys.insert(condition.name);
    for (const auto& operand : condition.operands)
        keys.merge(keys_of(operand));
    return keys;
}

} // namespace tongka::harness
