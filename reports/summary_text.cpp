#include "reports/summary_text.hpp"

#include <map>

#include <fmt/format.h>

#include "reports/vocabulary.hpp"

namespace tongka::reports {
namespace {

constexpr Outcome order[] = {Outcome::pass,  Outcome::fail,    Outcome::observation,   Outcome::inconclusive,
                             Outcome::error, Outcome::not_run, Outcome::not_applicable};

std::string_view colour_of(Outcome outcome) {
    switch (outcome) {
    case Outcome::pass:
        return "32";
    case Outcome::fail:
    case Outcome::error:
        return "31";
    case Outcome::observation:
        return "36";
    case Outcome::inconclusive:
    case Outcome::not_run:
        return "33";
    case Outcome::not_applicable:
        return "2";
    }
    return "0";
}

std::string painted(std::string_view text, std::string_view colour, TextStyle style) {
    return style.colour ? fmt::format("\x1b[{}m{}\x1b[0m", colour, text) : std::string(text);
}

/// The place of the first check of the steps that did not hold.
std::string place_of(const Case& which) {
    for (const auto& failure : which.failures)
        if (failure.check.phase == "steps" && !failure.check.place.empty())
            return one_line(failure.check.place);
    return one_line(which.source);
}

std::string listed(const Summary& summary, Outcome outcome, TextStyle style) {
    std::string text;
    for (const auto& which : summary.cases) {
        if (which.outcome != outcome)
            continue;
        if (text.empty())
            text = fmt::format("\n{}\n", painted(outcome_words(outcome).in(style.language), colour_of(outcome), style));
        text += fmt::format("  {}  {}\n      {}\n", one_line(which.id), one_line(which.title.in(style.language)),
                            reason_of(which, style.language));
        if (const auto place = place_of(which); !reason_of(which, style.language).starts_with(place))
            text += fmt::format("      {}\n", painted(place, "2", style));
    }
    return text;
}

/// What did not run is told by its reasons; there may be very many.
std::string not_run(const Summary& summary, TextStyle style) {
    std::map<std::string, std::size_t> reasons;
    for (const auto& which : summary.cases)
        if (which.outcome == Outcome::not_run)
            ++reasons[reason_of(which, style.language)];
    std::string text;
    for (const auto& [reason, count] : reasons)
        text += fmt::format("  {} × {}\n", count, reason);
    if (!text.empty())
        text.insert(0, fmt::format("\n{}\n", painted(outcome_words(Outcome::not_run).in(style.language),
                                                     colour_of(Outcome::not_run), style)));
    return text;
}

} // namespace

std::string one_line(std::string_view text) {
    std::string line;
    for (const char c : text)
        line += static_cast<unsigned char>(c) < 0x20 || c == 0x7F ? ' ' : c;
    return line;
}

std::string reason_of(const Case& which, core::Language language) {
    if (const auto& reason = which.reason.in(language); !reason.empty())
        return one_line(reason);
    return which.failures.empty() ? std::string() : one_line(which.failures.front().check.message.in(language));
}

std::string summary_text(const Summary& summary, const std::filesystem::path& out_dir, TextStyle style) {
    const auto say = [&](std::string_view zh, std::string_view en) { return core::Text{zh, en}.in(style.language); };
    std::string text;
    for (const auto outcome : {Outcome::fail, Outcome::error, Outcome::inconclusive, Outcome::observation})
        text += listed(summary, outcome, style);
    text += not_run(summary, style);
    if (!text.empty())
        text += '\n';

    for (const auto outcome : order)
        if (const auto count = summary.totals[outcome];
            count > 0 || outcome == Outcome::pass || outcome == Outcome::fail)
            text += fmt::format("{} {}  ",
                                painted(outcome_words(outcome).in(style.language), colour_of(outcome), style), count);
    text += fmt::format(fmt::runtime(say("共{}个用例，{}次交互，{}\n", "of {} cases, {} exchanges, {}\n")),
                        summary.cases.size(), summary.exchanges, duration_text(summary.us));
    for (const auto& group : summary.header.left_out)
        text += one_line(left_out_words(group).in(style.language)) + '\n';
    for (const auto& again : summary.continuations)
        text += one_line(continuation_words(again).in(style.language)) + '\n';
    if (!summary.complete)
        text += fmt::format("{}\n", painted(say("记录没有结尾：运行被中断，或仍在进行",
                                                "The record has no end: the run was cut off, or is still going"),
                                            "33", style));
    text += fmt::format("{} {}\n", say("报告", "Report"), (out_dir / "report.html").string());
    return text;
}

} // namespace tongka::reports
