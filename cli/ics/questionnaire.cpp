#include "cli/ics/questionnaire.hpp"

#include <algorithm>
#include <charconv>
#include <iostream>
#include <optional>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/hex.hpp"
#include "harness/plan/consistency.hpp"

namespace tongka::cli::ics {
namespace {

using core::Text;
using harness::Declaration;
using harness::Words;
using Question =
    std::variant<const harness::ProformaItem*, const harness::ProformaValue*, const harness::ProformaTries*>;

constexpr unsigned most_tries = 255;

std::string trimmed(std::string text) {
    const auto blank = [](unsigned char c) { return c <= ' '; };
    text.erase(text.begin(), std::ranges::find_if_not(text, blank));
    while (!text.empty() && blank(static_cast<unsigned char>(text.back())))
        text.pop_back();
    return text;
}

std::optional<bool> yes_or_no(std::string_view text) {
    for (const auto* yes : {"yes", "y", "是"})
        if (text == yes)
            return true;
    for (const auto* no : {"no", "n", "否"})
        if (text == no)
            return false;
    return std::nullopt;
}

class Interview {
public:
    Interview(const Questions& questions, std::istream& in, std::ostream& out)
        : questions_(questions), in_(in), out_(out) {
        // Claims first: which values are needed hangs on those of every kind.
        for (const auto* proforma : questions.kinds)
            for (const auto& item : proforma->items)
                all_.emplace_back(&item);
        for (const auto* proforma : questions.kinds)
            for (const auto& value : proforma->values)
                all_.emplace_back(&value);
        for (const auto* proforma : questions.kinds)
            for (const auto& tries : proforma->tries)
                all_.emplace_back(&tries);
    }

    core::Result<Declaration> run() {
        std::vector<std::size_t> asked; // to go back along
        for (std::size_t index = 0; index < all_.size();) {
            if (!is_asked(all_[index])) {
                pass_over(all_[index++]);
                continue;
            }
            out_ << prompt(index) << std::flush;
            std::string line;
            if (!std::getline(in_, line)) {
                out_ << '\n';
                return core::fail(std::string(Text{"输入在最后一问之前结束：什么都没有写",
                                                   "the input ended before the last answer: nothing is written"}
                                                  .in(questions_.language)));
            }
            if (questions_.echoes)
                out_ << '\n';
            line = trimmed(line);
            if (line == "?") {
                out_ << explanation(all_[index]);
            } else if (line == "back") {
                if (!asked.empty()) {
                    index = asked.back();
                    asked.pop_back();
                }
                forget_from(index);
            } else if (const auto fault = take(all_[index], line.empty() ? proposal(all_[index]) : line);
                       !fault.empty()) {
                forget_from(index);
                out_ << "  ! " << fault << '\n';
            } else {
                asked.push_back(index++);
            }
        }
        return std::move(answers_);
    }

private:
    [[nodiscard]] const std::string& in(const Words& words) const {
        return questions_.language == core::Language::zh ? words.zh : words.en;
    }

    [[nodiscard]] bool is_asked(const Question& question) const {
        if (const auto* const* item = std::get_if<const harness::ProformaItem*>(&question))
            return harness::is_asked(**item, answers_.claims, questions_.rules);
        if (const auto* const* value = std::get_if<const harness::ProformaValue*>(&question))
            return harness::is_asked(**value, answers_.claims, questions_.rules);
        return true;
    }

    /// What is not asked is not supported; a value that is not needed stays what it was.
    void pass_over(const Question& question) {
        if (const auto* const* item = std::get_if<const harness::ProformaItem*>(&question)) {
            answers_.claims[(*item)->key] = false;
        } else if (const auto* const* value = std::get_if<const harness::ProformaValue*>(&question)) {
            const auto& values = questions_.proposed.values;
            if (const auto found = values.find((*value)->name); found != values.end())
                answers_.values[found->first] = found->second;
        }
    }

    void forget_from(std::size_t index) {
        for (; index < all_.size(); ++index)
            std::visit(
                [&](const auto* one) {
                    if constexpr (requires { one->key; })
                        answers_.claims.erase(one->key);
                    else if constexpr (requires { one->format; })
                        answers_.values.erase(one->name);
                    else
                        answers_.tries.erase(one->name);
                },
                all_[index]);
    }

    [[nodiscard]] std::string prompt(std::size_t index) const {
        auto proposed = proposal(all_[index]);
        return std::visit(
            [&](const auto* one) {
                if constexpr (requires { one->format; })
                    if (harness::is_secret(one->name) && !proposed.empty())
                        proposed = "****";
                return fmt::format("[{}/{}] {}{} ", index + 1, all_.size(), in(one->question),
                                   proposed.empty() ? "" : fmt::format(" [{}]", proposed));
            },
            all_[index]);
    }

    /// What an empty line means; empty for nothing.
    [[nodiscard]] std::string proposal(const Question& question) const {
        const auto& proposed = questions_.proposed;
        if (const auto* const* item = std::get_if<const harness::ProformaItem*>(&question)) {
            const auto found = proposed.claims.find((*item)->key);
            return found == proposed.claims.end() ? "" : found->second ? "yes" : "no";
        }
        if (const auto* const* value = std::get_if<const harness::ProformaValue*>(&question)) {
            const auto found = proposed.values.find((*value)->name);
            return core::to_hex(found == proposed.values.end() ? (*value)->proposed : found->second);
        }
        const auto& tries = *std::get<const harness::ProformaTries*>(question);
        const auto found = proposed.tries.find(tries.name);
        return std::to_string(found == proposed.tries.end() ? tries.proposed : found->second);
    }

    [[nodiscard]] std::string explanation(const Question& question) const {
        const auto language = questions_.language;
        if (const auto* const* item = std::get_if<const harness::ProformaItem*>(&question)) {
            const auto& one = **item;
            return fmt::format(
                "  {}: {}. {}{}{}\n  {}\n", one.key, in(one.title),
                harness::item_statuses[static_cast<std::size_t>(one.status)],
                one.when ? fmt::format(" ({})", one.when->source.text) : "",
                one.references.empty() ? "" : fmt::format("; {}", fmt::join(one.references, ", ")),
                Text{"回答yes或no；back返回上一问", "Answer yes or no; back goes back one question"}.in(language));
        }
        if (const auto* const* value = std::get_if<const harness::ProformaValue*>(&question)) {
            const auto& one = **value;
            return fmt::format("  ixit.{}: {}\n  {} {}..{}, {}\n", one.name, in(one.title),
                               Text{"十六进制，字节数", "In hex; bytes:"}.in(language), one.shortest, one.longest,
                               harness::value_formats[static_cast<std::size_t>(one.format)]);
        }
        const auto& tries = *std::get<const harness::ProformaTries*>(question);
        return fmt::format(
            "  tries.{}: {}\n  {}\n", tries.name, in(tries.title),
            Text{"会用掉更多次尝试的用例不执行", "Cases that spend more of them are not run"}.in(language));
    }

    /// Keeps an answer; what is wrong with it, or empty.
    std::string take(const Question& question, const std::string& text) {
        if (const auto* const* item = std::get_if<const harness::ProformaItem*>(&question))
            return take_claim(**item, text);
        if (const auto* const* value = std::get_if<const harness::ProformaValue*>(&question))
            return take_value(**value, text);
        return take_tries(*std::get<const harness::ProformaTries*>(question), text);
    }

    std::string take_claim(const harness::ProformaItem& item, const std::string& text) {
        const auto answer = yes_or_no(text);
        if (!answer)
            return std::string(Text{"请回答yes或no", "answer yes or no"}.in(questions_.language));
        answers_.claims[item.key] = *answer;
        return broken_rule(item);
    }

    std::string take_value(const harness::ProformaValue& value, const std::string& text) {
        auto bytes = core::from_hex(text);
        if (!bytes)
            return bytes.error().message;
        if (auto fault = harness::fault_of(value, *bytes); !fault.empty())
            return fault;
        answers_.values[value.name] = std::move(*bytes);
        return {};
    }

    std::string take_tries(const harness::ProformaTries& tries, const std::string& text) {
        unsigned count = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error != std::errc{} || end != text.data() + text.size() || count > most_tries)
            return fmt::format("{}: 0..{}", Text{"请给出次数", "a number is needed"}.in(questions_.language),
                               most_tries);
        answers_.tries[tries.name] = count;
        return {};
    }

    /// Why the last answer does not go with those before: a rule over it, of which all keys are answered.
    [[nodiscard]] std::string broken_rule(const harness::ProformaItem& item) const {
        const auto answered = [&](const std::string& key) { return answers_.claims.contains(key); };
        for (const auto* proforma : questions_.kinds)
            for (const auto& rule : proforma->rules) {
                auto keys = harness::keys_of(rule.condition.root);
                keys.merge(harness::keys_of(rule.demand.root));
                if (keys.contains(item.key) && std::ranges::all_of(keys, answered) &&
                    harness::holds(rule.condition, answers_.claims, questions_.rules) &&
                    !harness::holds(rule.demand, answers_.claims, questions_.rules))
                    return fmt::format("{} -> {}: {}", rule.condition.source.text, rule.demand.source.text,
                                       in(rule.because));
            }
        return {};
    }

    const Questions& questions_;
    std::istream& in_;
    std::ostream& out_;
    std::vector<Question> all_;
    Declaration answers_;
};

} // namespace

core::Result<Declaration> ask(const Questions& questions, std::istream& in, std::ostream& out) {
    return Interview(questions, in, out).run();
}

} // namespace tongka::cli::ics
