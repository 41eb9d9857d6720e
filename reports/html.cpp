#include "reports/html.hpp"

#include <set>

#include <botan/base64.h>
#include <fmt/format.h>
#include <kainjow/mustache.hpp>

#include "core/crypto/sha256.hpp"
#include "reports/html_findings.hpp"
#include "reports/html_matrix.hpp"
#include "reports/html_tables.hpp"
#include "reports/html_text.hpp"
#include "reports/html_trace.hpp"
#include "reports/templates/templates.hpp"
#include "reports/vocabulary.hpp"

namespace tongka::reports {
namespace {

using core::Language;
using core::Text;
namespace mustache = kainjow::mustache;

constexpr Outcome order[] = {Outcome::pass,  Outcome::fail,    Outcome::observation,   Outcome::inconclusive,
                             Outcome::error, Outcome::not_run, Outcome::not_applicable};

/// As a content security policy names the one script it allows (CSP level 3, 2.3.1 hash-source).
std::string script_hash(std::string_view script) {
    const auto digest = core::sha256({reinterpret_cast<const core::Byte*>(script.data()), script.size()});
    return "sha256-" + Botan::base64_encode(digest.data(), digest.size());
}

std::string subject(const Header& header) {
    std::string text = header.profile;
    for (const auto& device : header.devices) {
        const auto& name = device.reader.empty() ? device.spec : device.reader;
        text += (text.empty() ? "" : " – ") + name;
        break;
    }
    return text;
}

struct Lead {
    const char* tone;
    std::string html;
};

Lead lead_of(const Summary& summary) {
    const auto& totals = summary.totals;
    const auto settled = totals[Outcome::pass] + totals[Outcome::fail] + totals[Outcome::observation];
    const auto open = totals[Outcome::inconclusive] + totals[Outcome::error] + totals[Outcome::not_run];
    Lead lead{};
    Words main;
    Words more;
    if (totals[Outcome::fail] > 0) {
        lead.tone = "fail";
        main = {fmt::format("{} 个用例不通过", totals[Outcome::fail]),
                fmt::format("{} of {} cases failed", totals[Outcome::fail], settled)};
        more.zh = fmt::format("，有结论的共 {} 个", settled);
    } else if (open > 0 || settled == 0) {
        lead.tone = "inconclusive";
        main = {"没有用例不通过", "No case failed"};
        more = {fmt::format("，但有 {} 个没有结论", open), fmt::format(", but {} came to no verdict", open)};
    } else {
        lead.tone = "pass";
        main = {fmt::format("{} 个用例全部通过", settled), fmt::format("All {} cases passed", settled)};
    }
    if (const auto count = totals[Outcome::observation]; count > 0) {
        more.zh += fmt::format("；另有 {} 个观察项", count);
        more.en += fmt::format("; {} {} apart", count, count == 1 ? "observation" : "observations");
    }
    lead.html = fmt::format("<span lang=\"zh\"><b>{}</b>{}。</span><span lang=\"en\"><b>{}</b>{}.</span>", main.zh,
                            more.zh, main.en, more.en);
    return lead;
}

std::string meter_html(const Totals& totals) {
    std::string html;
    for (const auto outcome : order)
        if (totals[outcome] > 0)
            html += fmt::format("<i class=\"{}\" style=\"flex:{}\"></i>", name_of(outcome), totals[outcome]);
    return html;
}

std::string tiles_html(const Totals& totals) {
    std::string html;
    for (const auto outcome : order)
        html += fmt::format(
            "<button type=\"button\" class=\"{}{}\" data-verdict=\"{}\"><strong>{}</strong><span>{}</span></button>\n",
            name_of(outcome), totals[outcome] ? "" : " zero", name_of(outcome), totals[outcome],
            both(outcome_words(outcome)));
    return html;
}

std::string facts_html(const Summary& summary) {
    std::string html;
    const auto add = [&](Text name, const std::string& value) {
        if (!value.empty())
            html += fmt::format("<div><dt>{}</dt><dd>{}</dd></div>\n", both(name), escaped(value));
    };
    auto started = summary.header.started;
    if (started.size() == 20 && started[10] == 'T' && started[19] == 'Z')
        started = started.substr(0, 10) + " " + started.substr(11, 8) + " UTC";
    add({"开始", "Started"}, started);
    add({"用时", "Took"}, duration_text(summary.us));
    add({"交互", "Exchanges"}, std::to_string(summary.exchanges));
    for (const auto& device : summary.header.devices)
        add(device.role == "terminal" ? Text{"终端", "Terminal"}
            : device.role == "file"   ? Text{"清算文件", "Clearing file"}
                                      : Text{"主机", "Host"},
            device.name + (device.version.empty() ? "" : " ") + device.version);
    for (const auto& device : summary.header.devices)
        add(device.role == "psam"   ? Text{"PSAM序列号", "PSAM serial number"}
            : device.role == "isam" ? Text{"ISAM序列号", "ISAM serial number"}
                                    : Text{"应用序列号", "Application serial number"},
            device.asn);
    add({"配置", "Profile"}, summary.header.profile);
    add({"用例集", "Suite"}, summary.header.suite_version);
    add({"程序", "Program"}, summary.header.tool + " " + summary.header.tool_version);
    return html;
}

/// Where the run was cut off, and what it was not about, since it was not offered what that needs.
std::string left_out_html(const Summary& summary) {
    std::string html;
    for (const auto& again : summary.continuations)
        html += fmt::format("<p class=\"notice\">{}</p>\n", both(continuation_words(again)));
    for (const auto& group : summary.header.left_out)
        html += fmt::format("<p class=\"notice\">{}</p>\n", both(left_out_words(group)));
    return html;
}

std::string option(std::string_view value, Text words, Language language) {
    return fmt::format("<option value=\"{}\" data-zh=\"{}\" data-en=\"{}\">{}</option>", escaped(value),
                       escaped(words.zh), escaped(words.en), escaped(words.in(language)));
}

std::string verdict_options(Language language) {
    auto html = option("", {"全部结论", "All verdicts"}, language);
    for (const auto outcome : order)
        html += option(name_of(outcome), outcome_words(outcome), language);
    return html;
}

std::string standard_options(const Summary& summary, Language language) {
    auto html = option("", {"全部标准", "All standards"}, language);
    std::set<std::string> standards;
    for (const auto& which : summary.cases)
        standards.insert(which.standard);
    for (const auto& standard : standards)
        html += option(standard, {standard_name(standard), standard_name(standard)}, language);
    return html;
}

/// A part of the frame that is streamed: mustache calls it when all before it is written.
template <typename Write>
mustache::data streamed(Write write) {
    return mustache::lambda{[write](const std::string&) -> std::string {
        write();
        return {};
    }};
}

void write_findings(std::ostream& out, const Summary& summary, std::initializer_list<Outcome> outcomes) {
    for (const auto outcome : outcomes)
        for (std::size_t i = 0; i < summary.cases.size(); ++i)
            if (summary.cases[i].outcome == outcome)
                out << finding_html(summary.cases[i], i);
}

} // namespace

std::string content_policy() {
    return fmt::format("default-src 'none'; style-src 'unsafe-inline'; script-src '{}'",
                       script_hash(templates::script));
}

core::Result<void> write_html(std::ostream& out, const Summary& summary, RecordPieces& record, Language language,
                              std::string_view pages) {
    const auto& header = summary.header;
    const auto& totals = summary.totals;
    const auto lead = lead_of(summary);
    core::Result<void> traces;

    mustache::data page;
    const auto set = [&](const char* name, auto value) { page.set(name, mustache::data(std::move(value))); };
    set("html_lang", std::string(language == Language::zh ? "zh-CN" : "en"));
    set("lang", std::string(language == Language::zh ? "zh" : "en"));
    set("tool", header.tool + " " + header.tool_version);
    set("title", std::string(Text{"测试报告 · ", "Test report · "}.in(language)) + subject(header));
    set("subject", subject(header));
    set("content_policy", content_policy());
    set("style", std::string(templates::style));
    set("script", std::string(templates::script));
    set("lead_class", std::string(lead.tone));
    set("lead", lead.html);
    set("incomplete", !summary.complete);
    set("torn", summary.state.torn);
    set("deviation", header.deviation.empty() ? mustache::data(false) : mustache::data(header.deviation));
    set("clause_map", header.clause_map.empty() ? mustache::data(false) : mustache::data(header.clause_map));
    set("left_out", left_out_html(summary));
    set("facts", facts_html(summary));
    set("meter", meter_html(totals));
    set("tiles", tiles_html(totals));
    set("verdict_options", verdict_options(language));
    set("standard_options", standard_options(summary, language));
    set("last_sha256", summary.state.last_sha256);
    set("has_failures", totals[Outcome::fail] > 0);
    set("has_observations", totals[Outcome::observation] > 0);
    set("has_unsettled", totals[Outcome::error] + totals[Outcome::inconclusive] > 0);
    page.set("failures", streamed([&] { write_findings(out, summary, {Outcome::fail}); }));
    page.set("observations", streamed([&] { write_findings(out, summary, {Outcome::observation}); }));
    page.set("unsettled", streamed([&] { write_findings(out, summary, {Outcome::error, Outcome::inconclusive}); }));
    page.set("cases", streamed([&] { write_case_rows(out, summary, pages); }));
    page.set("matrix", streamed([&] { write_requirement_matrix(out, summary); }));
    page.set("requirements", streamed([&] { write_requirement_rows(out, summary); }));
    page.set("rules", streamed([&] { write_rule_rows(out, header); }));
    page.set("environment", streamed([&] { write_environment(out, header); }));
    page.set("traces", streamed([&] {
                 TraceWriter writer(out);
                 for (std::size_t i = 0; i < summary.cases.size() && traces && pages.empty(); ++i)
                     traces = writer.write_case(summary.cases[i], i, record);
                 writer.write_names();
             }));

    mustache::mustache frame{std::string(templates::frame)};
    frame.render(page, [&](const std::string& text) { out << text; });
    if (!frame.is_valid())
        return core::fail("templates/report.html: " + frame.error_message());
    return traces;
}

} // namespace tongka::reports
