#include "reports/print.hpp"

#include <fmt/ostream.h>

#include "reports/html_text.hpp"
#include "reports/print_page.hpp"
#include "reports/print_results.hpp"
#include "reports/templates/templates.hpp"
#include "reports/vocabulary.hpp"

namespace tongka::reports {
namespace {

using core::Text;

/// "2026-11-24 08:00:00 UTC".
std::string time_text(const std::string& iso) {
    return iso.size() == 20 ? iso.substr(0, 10) + " " + iso.substr(11, 8) + " UTC" : iso;
}

std::string number_of(const ReportData& data, const Summary& summary) {
    return data.number.empty() ? summary.state.last_sha256.substr(0, 16) : data.number;
}

/// Whether the sample conforms, as far as it was tested.
Words statement(const Summary& summary) {
    const auto& totals = summary.totals;
    const auto open = totals[Outcome::error] + totals[Outcome::inconclusive] + totals[Outcome::not_run];
    if (totals[Outcome::fail] > 0)
        return {fmt::format("不符合：{} 个用例不通过。", totals[Outcome::fail]),
                fmt::format("Does not conform: {} test cases failed.", totals[Outcome::fail])};
    if (!summary.complete)
        return {"没有结论：运行没有结束。", "No statement: the run did not come to its end."};
    if (open > 0 || totals[Outcome::pass] == 0)
        return {fmt::format("没有结论：没有用例不通过，但有 {} 个没有得出结论。", open),
                fmt::format("No statement: no test case failed, but {} came to no verdict.", open)};
    return {fmt::format("符合：所测的 {} 个用例全部通过。", totals[Outcome::pass]),
            fmt::format("Conforms: all {} test cases that were run passed.", totals[Outcome::pass])};
}

void write_head(PrintPage& page, const Summary& summary, const ReportData& data) {
    const auto title = page.say({"符合性检测报告", "Conformance test report"});
    const auto number = escaped(number_of(data, summary));
    auto quoted = number;
    for (auto at = quoted.find('\\'); at != std::string::npos; at = quoted.find('\\', at + 2))
        quoted.insert(at, 1, '\\');
    fmt::print(page.out(),
               "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\"><title>{} {}</title>\n<style>{}\n",
               page.language() == Language::zh ? "zh-CN" : "en", title, number, templates::print_style);
    const bool zh = page.language() == Language::zh;
    fmt::print(page.out(),
               "@page {{ @top-left {{ content: \"{}\" }} @top-right {{ content: \"{} {}\" }} @bottom-right {{ content: "
               "{} }} }}\n"
               "</style></head><body>\n",
               title, zh ? "编号" : "No.", quoted,
               zh ? "\"第 \" counter(page) \" 页，共 \" counter(pages) \" 页\""
                  : "\"page \" counter(page) \" of \" counter(pages)");
}

void write_cover(PrintPage& page, const Summary& summary, const ReportData& data) {
    auto& out = page.out();
    const auto& sample = data.sample.empty() ? summary.header.profile : data.sample;
    fmt::print(out,
               "<section class=\"cover\">\n<p class=\"laboratory\">{}</p>\n<h1>{}</h1>\n<p class=\"subject\">{}</p>\n",
               escaped(data.laboratory), page.say({"符合性检测报告", "Conformance test report"}), escaped(sample));
    fmt::print(out, "<p class=\"standards\">CJ/T 304 · CJ/T 333 · GB/T 31778</p>\n<p class=\"statement {}\">{}</p>\n",
               summary.totals[Outcome::fail] > 0 ? "fail" : "", escaped(page.in(statement(summary))));
    page.begin_pairs();
    page.pair({"报告编号", "Report number"}, number_of(data, summary));
    page.pair({"委托方", "Client"}, data.client);
    page.pair({"样品", "Sample"}, data.sample);
    page.pair({"样品编号", "Sample number"}, data.sample_number);
    page.pair({"实验室", "Laboratory"}, data.laboratory);
    page.pair({"检测日期", "Date of the tests"}, time_text(summary.header.started).substr(0, 10));
    page.pair({"签发日期", "Date of issue"}, data.issued);
    page.end_pairs();
    page.paragraph(
        page.say({"结果仅与所检样品有关。未经实验室书面批准，不得部分复制本报告。",
                  "The results relate only to the items tested. This report shall not be reproduced except in "
                  "full without the laboratory's written approval."}),
        "small");
    out << "</section>\n";
}

void write_identification(PrintPage& page, const Summary& summary, const ReportData& data) {
    const auto& header = summary.header;
    page.part({"报告与各方", "Identification"});
    page.begin_pairs();
    page.pair({"报告编号", "Report number"}, number_of(data, summary));
    page.pair({"签发日期", "Date of issue"}, data.issued);
    page.pair({"实验室", "Laboratory"}, data.laboratory);
    page.pair({"地址", "Address"}, data.laboratory_address);
    page.pair({"认可", "Accreditation"}, data.accreditation);
    page.pair({"检测地点", "Place of the tests"}, data.place.empty() ? data.laboratory_address : data.place);
    page.pair({"委托方", "Client"}, data.client);
    page.pair({"委托方地址", "Client's address"}, data.client_address);
    page.pair({"检测开始", "Tests began"}, time_text(header.started));
    page.pair({"检测用时", "Tests took"}, duration_text(summary.us));
    page.end_pairs();

    page.part({"样品", "Item under test"});
    page.begin_pairs();
    page.pair({"名称", "Name"}, data.sample);
    page.pair({"型号", "Type"}, data.sample_type);
    page.pair({"样品编号", "Number"}, data.sample_number);
    page.pair({"生产厂家", "Manufacturer"}, data.vendor);
    page.pair({"芯片", "Chip"}, data.chip);
    page.pair({"操作系统", "Operating system"}, data.system);
    page.pair({"收样日期", "Received"}, data.received);
    page.pair({"样品状态", "Condition"}, data.condition);
    page.end_pairs();
    page.begin_table({{{"设备", "Device"}, "12%"},
                      {{"连接", "Connected by"}, "30%"},
                      {{"复位应答", "ATR"}, "32%", true},
                      {{"序列号", "Number"}, "26%", true}});
    for (const auto& device : header.devices)
        page.row({device.role, device.reader.empty() ? device.name.empty() ? device.spec : device.name : device.reader,
                  spaced(device.atr), device.asn.empty() ? device.version : device.asn});
    page.end_table();
}

void write_environment(PrintPage& page, const Summary& summary, const ReportData& data) {
    const auto& header = summary.header;
    page.part({"检测方法与环境", "Method and environment"});
    page.begin_pairs();
    page.pair({"检测依据", "Method"},
              data.method.empty()
                  ? page.say({"Tongka 用例集，依 CJ/T 304、CJ/T 333、GB/T 31778 的公开内容",
                              "the Tongka suite, after what is public of CJ/T 304, CJ/T 333 and GB/T 31778"})
                  : data.method);
    page.pair({"程序", "Tool"}, header.tool + " " + header.tool_version);
    page.pair({"用例集", "Suite"}, header.suite_version + "  SHA-256 " + header.suite_sha256);
    page.pair({"配置", "Profile"}, header.profile + "  SHA-256 " + header.profile_sha256);
    if (!header.deviation.empty())
        page.pair({"人为偏差", "Deviation on purpose"}, header.deviation);
    if (!header.clause_map.empty())
        page.pair({"条款表", "Clauses from"}, header.clause_map);
    page.pair({"种子", "Seed"}, header.seed);
    for (const auto& [name, value] : header.host)
        page.pair(name == "cpu"      ? Text{"处理器", "Processor"}
                  : name == "system" ? Text{"系统", "System"}
                                     : Text{"计算机", "Computer"},
                  value);
    page.pair({"交互次数", "Exchanges"}, std::to_string(summary.exchanges));
    page.pair({"记录", "Record"}, fmt::format("record.jsonl, {} {}, SHA-256 {}", summary.state.lines,
                                              page.say({"行", "lines"}), summary.state.last_sha256));
    page.end_pairs();
    for (const auto& again : summary.continuations)
        page.paragraph(page.in(continuation_words(again)));
    for (const auto& group : header.left_out)
        page.paragraph(page.in(left_out_words(group)));
}

void write_conclusion(PrintPage& page, const Summary& summary, const ReportData& data) {
    page.part({"结果摘要", "Summary of results"});
    page.paragraph(page.in(statement(summary)), "statement");
    page.begin_table({{{"结论", "Verdict"}, "60%"}, {{"用例", "Test cases"}, "40%"}});
    for (const auto outcome : {Outcome::pass, Outcome::fail, Outcome::observation, Outcome::inconclusive,
                               Outcome::error, Outcome::not_run, Outcome::not_applicable})
        page.row({page.in(outcome_words(outcome)), std::to_string(summary.totals[outcome])}, name_of(outcome));
    page.end_table();
    page.heading(page.say({"判定规则", "Decision rule"}));
    page.paragraph(
        data.decision_rule.empty()
            ? page.say(
                  {"任一用例不通过，即判为不符合；收到的字节与要求逐字节比较，不涉及测量不确定度。只违反“推断”要求的记"
                   "为观察项，不影响结论；没有得出结论的用例使总结论待定。",
                   "One test case that fails makes the item not conform; bytes are compared with what is required, "
                   "byte by "
                   "byte, so that no uncertainty of measurement enters. What breaks inferred requirements alone is an "
                   "observation and no failure. A test case without a verdict leaves the statement open."})
            : data.decision_rule);
    if (!data.remarks.empty()) {
        page.heading(page.say({"备注", "Remarks"}));
        page.paragraph(data.remarks);
    }
}

void write_end(PrintPage& page, const ReportData& data) {
    page.part({"偏离", "Departures from the procedure"});
    if (data.departures.empty())
        page.paragraph(page.say({"无。", "None."}));
    for (const auto& departure : data.departures)
        page.paragraph(departure);
    page.part({"豁免", "Waivers"});
    page.paragraph(page.say({"无。", "None."}));
    page.part({"签字", "Signatures"});
    fmt::print(page.out(), "<table class=\"signatures\"><tr>");
    const auto sign = [&](Text role, const ReportData::Signature& one) {
        fmt::print(page.out(), "<td><b>{}</b><span class=\"line\"></span>{}<br>{}</td>", page.in(role),
                   one.name.empty() ? "&nbsp;" : escaped(one.name), one.date.empty() ? "&nbsp;" : escaped(one.date));
    };
    sign({"检测", "Tested by"}, data.tester);
    sign({"审核", "Reviewed by"}, data.reviewer);
    sign({"批准", "Authorised by"}, data.approver);
    fmt::print(page.out(), "</tr></table>\n<p class=\"end\">{}</p>\n</body></html>\n",
               page.say({"—— 报告结束 ——", "— End of report —"}));
}

} // namespace

void write_print(std::ostream& out, const Summary& summary, const ReportData& data, Language language) {
    PrintPage page(out, language);
    write_head(page, summary, data);
    write_cover(page, summary, data);
    write_identification(page, summary, data);
    write_environment(page, summary, data);
    write_conclusion(page, summary, data);
    write_declaration(page, summary);
    write_standards(page, summary);
    write_findings_printed(page, summary);
    write_inspections(page, summary);
    write_verdicts(page, summary);
    write_end(page, data);
}

} // namespace tongka::reports
