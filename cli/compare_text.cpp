#include <algorithm>

#include <fmt/format.h>

#include "cli/compare_output.hpp"
#include "reports/summary_text.hpp"
#include "reports/vocabulary.hpp"

namespace tongka::cli {
namespace {

using core::Language;
using core::Text;
using reports::Case;
using reports::CasePair;
using reports::Change;
using reports::one_line;
using reports::Outcome;

class Writer {
public:
    explicit Writer(Language language) : in_(language) {}

    std::string write(const Compared& compared) {
        run("A", compared.before);
        run("B", compared.after);
        const auto& comparison = compared.comparison;
        changed({"变差", "Got worse"}, comparison.pairs, Change::worse);
        changed({"变化", "Changed"}, comparison.pairs, Change::other);
        changed({"变好", "Got better"}, comparison.pairs, Change::better);
        of_one_run({"仅B中有", "In B alone"}, comparison.added);
        of_one_run({"仅A中有", "In A alone"}, comparison.gone);
        set_up(compared.set_up);
        exchanges(comparison.pairs);
        timed({"设备变慢", "The device took longer"}, compared.times.slower);
        timed({"设备变快", "The device was faster"}, compared.times.faster);
        close(comparison);
        return std::move(text_);
    }

private:
    [[nodiscard]] std::string say(Text text) const { return std::string(text.in(in_)); }

    void run(std::string_view letter, const ComparedRun& run) {
        const auto& summary = run.summary;
        text_ += fmt::format("{}  {}  {}  ", letter, run.name, one_line(summary.header.started));
        for (std::size_t i = 0; i < reports::outcome_count; ++i) {
            const auto outcome = static_cast<Outcome>(i);
            if (const auto count = summary.totals[outcome]; count != 0)
                text_ += fmt::format("{} {}  ", say(outcome_words(outcome)), count);
        }
        text_ += reports::duration_text(summary.us) + '\n';
        if (!summary.complete)
            text_ += fmt::format("   {}\n", say({"记录没有结尾：比较到中断处为止",
                                                 "The record has no end: it is compared as far as it goes"}));
    }

    void heading(Text title, std::size_t count) { text_ += fmt::format("\n{} ({})\n", say(title), count); }

    [[nodiscard]] std::string outline(const std::optional<reports::Outline>& outline) const {
        if (!outline)
            return say({"（没有）", "(none)"});
        return one_line(fmt::format("{} {}→{}", outline->device, outline->command,
                                    outline->status.empty() ? say({"无应答", "no answer"}) : outline->status));
    }

    [[nodiscard]] std::string first_difference(const reports::Difference& difference) const {
        const auto& where = difference.after ? *difference.after : *difference.before;
        return fmt::format(
            fmt::runtime(say({"自第{}次交互（{} {}）起不同：{}；{}", "from exchange {} on ({} {}): {}; {}"})),
            difference.number, one_line(where.phase), one_line(where.step), outline(difference.before),
            outline(difference.after));
    }

    void changed(Text title, const std::vector<CasePair>& pairs, Change change) {
        const auto count = static_cast<std::size_t>(std::ranges::count(pairs, change, &CasePair::change));
        if (count == 0)
            return;
        heading(title, count);
        for (const auto& pair : pairs) {
            if (pair.change != change)
                continue;
            text_ +=
                fmt::format("  {}  {} → {}  {}\n", one_line(pair.after->id), say(outcome_words(pair.before->outcome)),
                            say(outcome_words(pair.after->outcome)), one_line(pair.after->title.in(in_)));
            const auto& why = pair.after->outcome == Outcome::pass ? *pair.before : *pair.after;
            if (const auto reason = reason_of(why, in_); !reason.empty())
                text_ += fmt::format("      {}{}\n", &why == pair.before ? "A: " : "", reason);
            if (pair.difference)
                text_ += fmt::format("      {}\n", first_difference(*pair.difference));
        }
    }

    void of_one_run(Text title, const std::vector<const Case*>& cases) {
        if (cases.empty())
            return;
        heading(title, cases.size());
        for (const auto* one : cases)
            text_ += fmt::format("  {}  {}  {}\n", one_line(one->id), say(outcome_words(one->outcome)),
                                 one_line(one->title.in(in_)));
    }

    void set_up(const std::vector<reports::SetUpChange>& changes) {
        if (changes.empty())
            return;
        heading({"设置的变化", "Set-up"}, changes.size());
        const auto shown = [](const std::string& value) { return value.empty() ? "–" : one_line(value); };
        for (const auto& change : changes)
            text_ += fmt::format("  {}: {} → {}\n", one_line(change.what), shown(change.before), shown(change.after));
    }

    void exchanges(const std::vector<CasePair>& pairs) {
        const auto differs = [](const CasePair& pair) { return pair.change == Change::same && pair.difference; };
        const auto count = static_cast<std::size_t>(std::ranges::count_if(pairs, differs));
        if (count == 0)
            return;
        heading({"结论相同，交互不同", "Same verdict, other exchanges"}, count);
        for (const auto& pair : pairs)
            if (differs(pair))
                text_ += fmt::format("  {}  {}\n", one_line(pair.after->id), first_difference(*pair.difference));
    }

    void timed(Text title, const std::vector<const CasePair*>& pairs) {
        if (pairs.empty())
            return;
        heading(title, pairs.size());
        for (const auto* pair : pairs) {
            const auto before = pair->before->device_us;
            const auto after = pair->after->device_us;
            text_ += fmt::format("  {}  {} → {}", one_line(pair->after->id), reports::duration_text(before),
                                 reports::duration_text(after));
            if (before != 0)
                text_ += fmt::format("  × {:.2f}", static_cast<double>(after) / static_cast<double>(before));
            text_ += '\n';
        }
    }

    void close(const reports::Comparison& comparison) {
        const auto same = std::ranges::count(comparison.pairs, Change::same, &CasePair::change);
        text_ +=
            fmt::format(fmt::runtime(say({"\n结论相同的用例：{}\n", "\nCases with the same verdict: {}\n"})), same);
        if (comparison.unreached != 0)
            text_ += fmt::format(fmt::runtime(say({"运行中断前未到达，未比较的用例：{}\n",
                                                   "Cases not compared, since a run was cut off before them: {}\n"})),
                                 comparison.unreached);
    }

    Language in_;
    std::string text_;
};

} // namespace

std::string compared_as_text(const Compared& compared, Language language) {
    return Writer(language).write(compared);
}

} // namespace tongka::cli
