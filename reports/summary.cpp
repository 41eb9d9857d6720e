#include "reports/summary.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <unordered_map>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "reports/record_lines.hpp"

namespace tongka::reports {
namespace {

using nlohmann::json;

constexpr std::array<std::string_view, outcome_count> names = {"fail", "error",   "inconclusive",  "observation",
                                                               "pass", "not_run", "not_applicable"};

std::string totals_text(const Totals& totals) {
    std::string text;
    for (std::size_t i = 0; i < outcome_count; ++i)
        text += fmt::format("{}{} {}", i ? ", " : "", names[i], totals[static_cast<Outcome>(i)]);
    return text;
}

/// What a case has shown of its requirements while it runs.
struct Running {
    Exchange last;                   ///< its latest exchange
    Action action;                   ///< what it asked for last
    std::set<std::string> confirmed; ///< requirements with a check of `steps` that held
    std::set<std::string> broken;    ///< requirements with one that did not
};

class Collector {
public:
    core::Result<void> take(const RecordLine& line) {
        const auto& value = line.value;
        if (const auto at = value.find("at"); at != value.end())
            summary_.us = std::max(summary_.us, at->get_ref<const std::uint64_t&>());
        if (line.kind == "header")
            return take_header(line);
        if (summary_.complete)
            return core::fail("there is a line after the end");
        if (line.kind == "requirement")
            summary_.requirements.push_back(requirement_of(value));
        else if (line.kind == "case")
            return take_case(value);
        else if (line.kind == "begin" || line.kind == "reset" || line.kind == "exchange" || line.kind == "check" ||
                 line.kind == "action" || line.kind == "outcome" || line.kind == "verdict")
            return take_event(line);
        else if (line.kind == "resume")
            summary_.continuations.push_back(continuation_of(value));
        else if (line.kind == "end")
            return take_end(value);
        return {};
    }

    Summary finish(RecordState state) {
        summary_.state = std::move(state);
        for (auto& each : summary_.cases)
            ++summary_.totals[each.outcome];
        for (std::size_t i = 0; i < summary_.cases.size(); ++i)
            tell_why_not_run(i);
        judge();
        return std::move(summary_);
    }

private:
    core::Result<void> take_header(const RecordLine& line) {
        if (line.span.first_line != 1)
            return core::fail("there is a second header");
        summary_.header = header_of(line.value);
        return {};
    }

    core::Result<void> take_case(const json& value) {
        TONGKA_TRY(auto made, case_of(value));
        if (!index_.emplace(made.id, summary_.cases.size()).second)
            return core::fail(fmt::format("case \"{}\" comes twice", made.id));
        summary_.cases.push_back(std::move(made));
        return {};
    }

    core::Result<void> take_event(const RecordLine& line) {
        const auto id = line.value.at("case").get<std::string>();
        const auto found = index_.find(id);
        if (found == index_.end())
            return core::fail(fmt::format("there is no case \"{}\" before this line", id));
        auto& running = running_[found->second];
        auto& made = summary_.cases[found->second];
        if (line.kind == "begin") {
            // A run that was cut off and resumed begins its last case anew: the first try is no longer told.
            summary_.exchanges -= made.exchanges;
            running = {};
            made.failures.clear();
            made.attachments.clear();
            made.spans.clear();
            made.exchanges = 0;
            made.device_us = 0;
            made.at = line.value.at("at").get<std::uint64_t>();
            return {};
        }
        if (line.kind == "verdict")
            return take_verdict(line.value, made);
        add(made.spans, line.span);
        if (line.kind == "exchange") {
            running.last = exchange_of(line.value);
            ++made.exchanges;
            made.device_us += running.last.us;
            ++summary_.exchanges;
        } else if (line.kind == "action") {
            running.action = action_of(line.value);
        } else if (line.kind == "check") {
            take_check(check_of(line.value), made, running);
        } else if (line.kind == "attachment") {
            made.attachments.push_back({line.value.at("name").get<std::string>(),
                                        line.value.at("sha256").get<std::string>(),
                                        line.value.at("bytes").get<std::uint64_t>()});
        }
        return {};
    }

    static void add(std::vector<Span>& spans, Span span) {
        if (!spans.empty() && spans.back().offset + spans.back().size == span.offset)
            spans.back().size += span.size;
        else
            spans.push_back(span);
    }

    static void take_check(Check check, Case& made, Running& running) {
        if (check.requirements.empty())
            check.requirements = made.covers;
        if (check.phase == "steps")
            (check.pass ? running.confirmed : running.broken)
                .insert(check.requirements.begin(), check.requirements.end());
        if (check.pass)
            return;
        const auto is_of_this_step = [&](const auto& one) {
            return one.step == check.step && one.phase == check.phase;
        };
        // What an action did inside explains no result of it.
        if (is_of_this_step(running.action)) {
            made.failures.push_back({std::move(check), {}, running.action});
            return;
        }
        const bool exchanged = is_of_this_step(running.last);
        made.failures.push_back({std::move(check), exchanged ? running.last : Exchange{}});
    }

    core::Result<void> take_verdict(const json& value, Case& made) {
        TONGKA_TRY(made.outcome, outcome_of(value));
        made.reason = words_of(value, "reason");
        made.cleanup = words_of(value, "cleanup");
        made.checks = value.at("checks").get<std::size_t>();
        made.us = value.at("us").get<std::uint64_t>();
        auto& running = running_[index_.at(made.id)];
        if (made.outcome == Outcome::error)
            made.last = std::move(running.last);
        running.last = {};
        return {};
    }

    core::Result<void> take_end(const json& value) {
        summary_.complete = true;
        Totals counted;
        for (const auto& each : summary_.cases)
            ++counted[each.outcome];
        if (const auto told = totals_of(value); told != counted)
            return core::fail(fmt::format("the totals are not those of the verdicts: {} instead of {}",
                                          totals_text(told), totals_text(counted)));
        return {};
    }

    void tell_why_not_run(std::size_t index) {
        auto& made = summary_.cases[index];
        if (made.outcome != Outcome::not_run || !made.reason.empty())
            return;
        if (running_.contains(index))
            made.reason = {"运行在此用例中被中断", "the run was cut off in this case"};
        else if (!summary_.complete)
            made.reason = {"运行在此用例之前被中断", "the run was cut off before this case"};
    }

    void judge() {
        std::unordered_map<std::string, std::vector<std::size_t>> covering;
        for (std::size_t i = 0; i < summary_.cases.size(); ++i)
            for (const auto& id : summary_.cases[i].covers)
                covering[id].push_back(i);
        for (auto& requirement : summary_.requirements) {
            requirement.cases = covering[requirement.id];
            auto worst = requirement.cases.empty() ? Outcome::not_run : Outcome::not_applicable;
            for (const auto i : requirement.cases)
                worst = std::min(worst, outcome_for(requirement, i));
            requirement.outcome = worst;
        }
    }

    /// A case that failed over one requirement says nothing of another that no check of it was about.
    Outcome outcome_for(const Requirement& requirement, std::size_t index) {
        const auto outcome = summary_.cases[index].outcome;
        if (outcome != Outcome::pass && outcome != Outcome::fail && outcome != Outcome::observation)
            return outcome;
        const auto& shown = running_[index];
        if (shown.broken.contains(requirement.id))
            return requirement.confidence == "inferred" ? Outcome::observation : Outcome::fail;
        return shown.confirmed.contains(requirement.id) ? Outcome::pass : Outcome::inconclusive;
    }

    Summary summary_;
    std::unordered_map<std::string, std::size_t> index_;
    std::map<std::size_t, Running> running_;
};

} // namespace

std::string_view name_of(Outcome outcome) {
    return names[static_cast<std::size_t>(outcome)];
}

std::string Action::text() const {
    std::string text = name;
    for (const auto& [key, value] : values)
        text += fmt::format(" {}={}", key, value);
    return text;
}

std::size_t Totals::sum() const {
    return std::accumulate(counts_.begin(), counts_.end(), std::size_t{0});
}

core::Result<Summary> summarize(const std::filesystem::path& record) {
    Collector collector;
    TONGKA_TRY(auto state, read_record(record, [&](const RecordLine& line) { return collector.take(line); }));
    return collector.finish(std::move(state));
}

} // namespace tongka::reports
