#include "reports/print_results.hpp"

#include <map>

#include <fmt/ostream.h>

#include "reports/html_text.hpp"
#include "reports/vocabulary.hpp"

namespace tongka::reports {
namespace {

using core::Text;

std::string joined(const std::vector<std::string>& words) {
    std::string text;
    for (const auto& word : words)
        text += (text.empty() ? "" : " ") + word;
    return text;
}

std::string verdict(const PrintPage& page, Outcome outcome) {
    return page.in(outcome_words(outcome));
}

/// What did not hold in a case, check by check.
void write_finding(PrintPage& page, const Case& which) {
    auto& out = page.out();
    fmt::print(out, "<div class=\"finding {}\"><h3>{}</h3>\n<p class=\"id\">{} · {}</p>\n", name_of(which.outcome),
               escaped(page.in(which.title)), escaped(which.id), escaped(joined(which.covers)));
    if (!which.reason.empty())
        page.paragraph(page.in(which.reason));
    for (const auto& [check, exchange, action] : which.failures) {
        out << "<table class=\"pairs evidence\">\n";
        const auto line = [&](Text name, const std::string& text) {
            if (!text.empty())
                fmt::print(out, "<tr><th>{}</th><td class=\"code\">{}</td></tr>\n", page.in(name), escaped(text));
        };
        line({"步骤", "Step"}, check.step + "  " + check.place);
        line({"依据", "Because"}, page.in(check.because));
        line({"操作", "Asked"}, action.name.empty() ? action.name : action.device + ": " + action.text());
        line({"发送", "Sent"}, spaced(exchange.command));
        line({"预期", "Expected"}, grouped(check.expected));
        line({"收到", "Received"}, grouped(check.received));
        line({"差异", "Difference"}, grouped(check.difference));
        out << "</table>\n";
    }
    out << "</div>\n";
}

std::size_t write_findings_of(PrintPage& page, const Summary& summary, std::initializer_list<Outcome> outcomes) {
    std::size_t found = 0;
    for (const auto outcome : outcomes)
        for (const auto& which : summary.cases)
            if (which.outcome == outcome) {
                write_finding(page, which);
                ++found;
            }
    if (found == 0)
        page.paragraph(page.say({"无。", "None."}));
    return found;
}

bool is_inspection(const Case& which) {
    return which.id.starts_with("inspect-");
}

} // namespace

void write_declaration(PrintPage& page, const Summary& summary) {
    const auto& header = summary.header;
    page.part({"实现符合性声明（ICS、IXIT）", "Declarations (ICS and IXIT)"});
    std::string yes;
    std::string no;
    for (const auto& [name, claimed] : header.ics)
        (claimed ? yes : no) += ((claimed ? yes : no).empty() ? "" : ", ") + name;
    page.begin_pairs();
    page.pair({"声明支持", "Declared"}, yes);
    page.pair({"声明不支持", "Declared absent"}, no);
    page.end_pairs();
    page.begin_table({{{"参数（IXIT）", "Value (IXIT)"}, "50%"}, {{"值", "is"}, "50%", true}});
    for (const auto& [name, value] : header.ixit)
        page.row({name, value});
    page.end_table();

    page.part({"所用规则", "Rules in force"});
    page.paragraph(
        page.say({"公开文本未定或各实现不同之处，由配置选定的规则决定；与缺省不同者以黑体标出。",
                  "Where public texts leave a choice or implementations differ, a rule of the profile decides. What "
                  "is not the default is set in bold."}));
    page.begin_table({{{"规则", "Rule"}, "26%"},
                      {{"取值", "Value"}, "14%"},
                      {{"含义", "What it decides"}, "44%"},
                      {{"可信度", "Confidence"}, "16%"}});
    for (const auto& rule : header.rules)
        page.row({rule.name, rule.value, page.in(rule.title), page.in(confidence_words(rule.confidence))},
                 rule.value == rule.standard_value ? "" : "chosen");
    page.end_table();
}

void write_standards(PrintPage& page, const Summary& summary) {
    page.part({"按标准与条款的符合性", "Conformance by standard and clause"});
    std::map<std::string_view, std::vector<const Requirement*>> standards;
    for (const auto& one : summary.requirements)
        standards[one.standard].push_back(&one);
    page.begin_table({{{"标准", "Standard"}, "24%"},
                      {{"要求", "Requirements"}, "16%"},
                      {{"通过", "Passed"}, "12%"},
                      {{"不通过", "Failed"}, "12%"},
                      {{"观察", "Observed"}, "12%"},
                      {{"无结论", "Open"}, "12%"},
                      {{"不适用", "Not applicable"}, "12%"}});
    for (const auto& [standard, requirements] : standards) {
        Totals totals;
        for (const auto* one : requirements)
            ++totals[one->outcome];
        const auto open = totals[Outcome::error] + totals[Outcome::inconclusive] + totals[Outcome::not_run];
        page.row({std::string(standard_name(standard)), std::to_string(requirements.size()),
                  std::to_string(totals[Outcome::pass]), std::to_string(totals[Outcome::fail]),
                  std::to_string(totals[Outcome::observation]), std::to_string(open),
                  std::to_string(totals[Outcome::not_applicable])},
                 totals[Outcome::fail] > 0 ? "fail" : "");
    }
    page.end_table();
    for (const auto& [standard, requirements] : standards) {
        page.heading(std::string(standard_name(standard)));
        page.begin_table({{{"要求", "Requirement"}, "15%", true},
                          {{"条款", "Clause"}, "11%"},
                          {{"内容", "Content"}, "46%"},
                          {{"可信度", "Confidence"}, "14%"},
                          {{"结论", "Verdict"}, "14%"}});
        for (const auto* one : requirements)
            page.row({one->id, one->clause.empty() ? "–" : one->clause, page.in(one->title),
                      page.in(confidence_words(one->confidence)), verdict(page, one->outcome)},
                     name_of(one->outcome));
        page.end_table();
    }
}

void write_findings_printed(PrintPage& page, const Summary& summary) {
    page.part({"不通过的用例", "Failures"});
    write_findings_of(page, summary, {Outcome::fail});
    page.part({"观察项", "Observations"});
    write_findings_of(page, summary, {Outcome::observation});
    page.part({"没有得出结论的用例", "Test cases without a verdict"});
    write_findings_of(page, summary, {Outcome::error, Outcome::inconclusive});
}

void write_inspections(PrintPage& page, const Summary& summary) {
    page.part({"检查项目与附件", "Inspections and attachments"});
    bool any = false;
    for (const auto& which : summary.cases) {
        if (!is_inspection(which) && which.attachments.empty())
            continue;
        if (!any)
            page.begin_table({{{"项目", "Item"}, "22%", true},
                              {{"内容", "Content"}, "30%"},
                              {{"结论", "Verdict"}, "12%"},
                              {{"附件（SHA-256）", "Attachments (SHA-256)"}, "36%", true}});
        any = true;
        std::string files;
        for (const auto& file : which.attachments)
            files += fmt::format("{}{} ({})", files.empty() ? "" : ", ", file.name, file.sha256);
        page.row({which.id, page.in(which.title), verdict(page, which.outcome), files}, name_of(which.outcome));
    }
    if (any)
        page.end_table();
    else
        page.paragraph(page.say({"无。", "None."}));
}

void write_verdicts(PrintPage& page, const Summary& summary) {
    page.part({"各用例结论（PCTR）", "Verdict of each test case (PCTR)"});
    std::map<std::string_view, std::vector<const Case*>> standards;
    for (const auto& which : summary.cases)
        standards[which.standard].push_back(&which);
    for (const auto& [standard, cases] : standards) {
        page.heading(std::string(standard_name(standard)));
        page.begin_table({{{"用例", "Test case"}, "30%", true},
                          {{"内容", "Content"}, "36%"},
                          {{"要求", "Base"}, "20%", true},
                          {{"结论", "Verdict"}, "14%"}});
        for (const auto* which : cases)
            page.row({which->id, page.in(which->title), joined(which->covers), verdict(page, which->outcome)},
                     name_of(which->outcome));
        page.end_table();
    }
}

} // namespace tongka::reports
