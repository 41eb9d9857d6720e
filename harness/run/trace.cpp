#include "harness/run/trace.hpp"

#include "core/dictionary/redact.hpp"
#include "core/hex.hpp"

namespace tongka::harness {

using core::dictionary::redact;
using core::dictionary::redact_response;

namespace {

/// One text that stands for both languages where they do not differ.
void add_words(JsonLine& line, std::string_view key, const Words& words) {
    if (words.zh == words.en)
        line.add(key, words.en);
    else
        line.begin(key, '{').add("zh", words.zh).add("en", words.en).end('}');
}

} // namespace

std::string_view place_in(std::string_view prefix, std::string_view place) {
    return place.starts_with(prefix) ? place.substr(prefix.size()) : place;
}

std::uint64_t Trace::at(Moment moment) const {
    return static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::microseconds>(moment - start_).count());
}

void Trace::begin(const Case& test_case, bool surely) {
    case_ = test_case.id;
    case_began_ = std::chrono::steady_clock::now();
    if (!record_.keeps())
        return;
    JsonLine line("begin");
    line.add("case", case_).add("at", at(case_began_));
    record_.append(std::move(line));
    // A failure lasts, and is told when the case has ended.
    (void)(surely ? record_.sync() : record_.flush());
}

void Trace::refuse(const Case& test_case, const CaseResult& result) {
    case_ = test_case.id;
    case_began_ = std::chrono::steady_clock::now();
    end(result);
}

void Trace::reset(Role device, Phase phase) {
    if (!record_.keeps())
        return;
    JsonLine line("reset");
    line.add("case", case_).add("device", name(device)).add("phase", name(phase));
    line.add("at", at(std::chrono::steady_clock::now()));
    record_.append(std::move(line));
}

void Trace::exchange(Role device, const Position& position, Moment sent, Moment answered, core::BytesView command,
                     core::BytesView response, std::string_view reason, const std::vector<Exchange>& tpdus) {
    if (!record_.keeps())
        return;
    JsonLine line("exchange");
    line.add("case", case_).add("device", name(device)).add("phase", name(position.phase));
    line.add("step", position.step).add("place", place_in(prefix_, position.place));
    line.add("at", at(sent)).add("us", at(answered) - at(sent));
    line.add("command", redact(command)).add("response", redact_response(command, response));
    if (!reason.empty())
        line.add("reason", reason);
    if (tpdus.size() > 1) {
        line.begin("tpdus", '[');
        for (const auto& tpdu : tpdus)
            line.begin_item('{')
                .add("command", redact(tpdu.command))
                .add("response", redact_response(tpdu.command, tpdu.response))
                .end('}');
        line.end(']');
    }
    record_.append(std::move(line));
}

void Trace::check(const Position& position, const CheckResult& result, const std::optional<Words>& because,
                  const std::vector<std::string>& requirements) {
    if (!record_.keeps())
        return;
    JsonLine line("check");
    line.add("case", case_).add("phase", name(position.phase)).add("step", position.step);
    line.add("place", place_in(prefix_, position.place)).add("pass", result.pass);
    line.add("expected", result.expected).add("received", result.received);
    if (because)
        line.begin("because", '{').add("zh", because->zh).add("en", because->en).end('}');
    if (!result.pass)
        add_words(line, "message", result.message);
    if (!result.difference.empty())
        line.add("difference", result.difference);
    line.begin("requirements", '[');
    for (const auto& id : requirements)
        line.item(id);
    line.end(']');
    record_.append(std::move(line));
}

void Trace::attachment(const Position& position, const Attachment& attachment) {
    if (!record_.keeps())
        return;
    JsonLine line("attachment");
    line.add("case", case_).add("phase", name(position.phase)).add("step", position.step);
    line.add("name", attachment.name).add("sha256", attachment.sha256).add("bytes", attachment.bytes);
    record_.append(std::move(line));
}

void Trace::end(const CaseResult& result) {
    if (!record_.keeps())
        return;
    const auto now = std::chrono::steady_clock::now();
    JsonLine line("verdict");
    line.add("case", case_).add("verdict", name(result.verdict));
    if (result.verdict == Verdict::fail)
        line.add("observation", result.observation);
    if (!result.reason.empty())
        add_words(line, "reason", result.reason);
    if (!result.cleanup.empty())
        add_words(line, "cleanup", result.cleanup);
    line.add("checks", std::uint64_t{result.checks}).add("at", at(now)).add("us", at(now) - at(case_began_));
    record_.append(std::move(line));
}

void Trace::resume(const Json& host, const std::string& started, const std::string& under_way, std::uint64_t lost) {
    Json line = {
        {"kind", "resume"}, {"at", at(std::chrono::steady_clock::now())}, {"started", started}, {"host", host}};
    if (!under_way.empty())
        line["case"] = under_way;
    if (lost > 0)
        line["lost"] = lost;
    record_.append(line);
}

} // namespace tongka::harness
