#include "reports/html_tables.hpp"

#include <map>
#include <unordered_map>

#include <fmt/ostream.h>

#include "reports/html_matrix.hpp"
#include "reports/html_text.hpp"
#include "reports/vocabulary.hpp"

namespace tongka::reports {
namespace {

using core::Text;

std::string code(std::string_view text) {
    return text.empty() ? std::string() : "<code>" + escaped(text) + "</code>";
}

std::string pair(Text name, std::string_view html) {
    return html.empty() ? std::string() : fmt::format("<dt>{}</dt><dd>{}</dd>\n", both(name), html);
}

std::string pair(std::string_view name, std::string_view html) {
    return pair({name, name}, html);
}

std::string counted(std::size_t count, std::string_view zh, std::string_view en) {
    return both(Words{fmt::format("{} {}", count, zh), fmt::format("{} {}{}", count, en, count == 1 ? "" : "s")});
}

using Requirements = std::unordered_map<std::string_view, const Requirement*>;

/// `page`: of its exchanges, where they stand on a page of their own; else empty.
void write_case(std::ostream& out, const Case& which, std::size_t index, const Requirements& requirements,
                std::string_view page, bool open) {
    std::string text = which.id + ' ' + which.title.zh + ' ' + which.title.en;
    for (const auto& id : which.covers)
        text += ' ' + id;
    fmt::print(
        out,
        "<details class=\"case {0}\" id=\"case-{1}\" data-index=\"{1}\" data-verdict=\"{0}\" data-standard=\"{2}\" "
        "data-text=\"{3}\" data-at=\"{7}\" data-us=\"{8}\"{9}>\n<summary><span class=\"verdict\">{4}</span><span "
        "class=\"name\"><b>{5}</b><code>{6}</code></span>",
        name_of(which.outcome), index, escaped(which.standard), escaped(text), both(outcome_words(which.outcome)),
        both(which.title), escaped(which.id), which.at, which.us, open ? " open" : "");
    if (which.outcome == Outcome::not_run || which.outcome == Outcome::not_applicable)
        fmt::print(out, "<span class=\"skipped\">{}</span>", both(which.reason));
    else
        fmt::print(out, "<span class=\"n\">{}</span><span class=\"n\">{}</span><span class=\"n\">{}</span>",
                   counted(which.checks, "次检查", "check"), counted(which.exchanges, "次交互", "exchange"),
                   duration_text(which.us));
    out << "</summary>\n<div class=\"inside\"><dl class=\"pairs\">\n";
    for (const auto& id : which.covers) {
        const auto found = requirements.find(id);
        out << pair(Text{"要求", "Requirement"},
                    code(id) + (found == requirements.end() ? "" : " " + both(found->second->title)));
    }
    out << pair(Text{"出处", "Source"}, code(which.source)) << pair(Text{"原因", "Reason"}, both(which.reason))
        << pair(Text{"清理失败", "Cleanup failed"}, both(which.cleanup)) << "</dl>";
    if (page.empty())
        out << "<div class=\"trace\"></div>";
    else if (!which.spans.empty())
        fmt::print(out, "<p><a href=\"{}\">{}</a></p>", page, both(Text{"各次交互", "Exchanges"}));
    out << "</div>\n</details>\n";
}

Requirements requirements_of(const Summary& summary) {
    Requirements requirements;
    for (const auto& requirement : summary.requirements)
        requirements.emplace(requirement.id, &requirement);
    return requirements;
}

} // namespace

std::string case_page(std::size_t index, std::size_t part) {
    return part == 0 ? fmt::format("case-{}.html", index) : fmt::format("case-{}-{}.html", index, part + 1);
}

void write_case_alone(std::ostream& out, const Summary& summary, std::size_t index) {
    write_case(out, summary.cases[index], index, requirements_of(summary), {}, true);
}

void write_case_rows(std::ostream& out, const Summary& summary, std::string_view pages) {
    const auto requirements = requirements_of(summary);
    std::map<std::string_view, std::vector<std::size_t>> standards;
    for (std::size_t i = 0; i < summary.cases.size(); ++i)
        standards[summary.cases[i].standard].push_back(i);
    for (const auto& [standard, indices] : standards) {
        fmt::print(out, "<div class=\"standard\"><h3>{}<small>{}</small></h3>\n", escaped(standard_name(standard)),
                   indices.size());
        for (const auto index : indices)
            write_case(out, summary.cases[index], index, requirements,
                       pages.empty() ? std::string() : fmt::format("{}/{}", pages, case_page(index, 0)), false);
        out << "</div>\n";
    }
}

void write_requirement_rows(std::ostream& out, const Summary& summary) {
    for (const auto& each : summary.requirements) {
        std::string clause;
        if (!each.clause.empty())
            clause = fmt::format("<div>{} {} <b>{}</b></div>", escaped(standard_name(each.standard)),
                                 escaped(each.edition), escaped(each.clause));
        fmt::print(out,
                   "<tr class=\"{}\" id=\"requirement-{}\" data-group=\"{}\"><td><span "
                   "class=\"verdict\">{}</span></td><td><code>{}</code> {}"
                   "<div class=\"sub\">{}</div></td><td>{}<div class=\"sub\">{}</div></td><td>{}<div "
                   "class=\"sub\">{}</div></td><td class=\"cases\">",
                   name_of(each.outcome), escaped(each.id), escaped(group_of(each.id)),
                   both(outcome_words(each.outcome)), escaped(each.id), both(each.title), both(each.rule), clause,
                   escaped(each.basis), both(level_words(each.level)), both(confidence_words(each.confidence)));
        for (const auto index : each.cases)
            fmt::print(out, "<a class=\"{}\" href=\"#case-{}\">{}</a>", name_of(summary.cases[index].outcome), index,
                       escaped(summary.cases[index].id));
        out << "</td></tr>\n";
    }
}

void write_rule_rows(std::ostream& out, const Header& header) {
    for (const auto& rule : header.rules)
        fmt::print(out,
                   "<tr><td><code>{}</code><div class=\"sub\">{}</div></td><td class=\"choice{}\">{}</td><td "
                   "class=\"choice soft\">{}</td>"
                   "<td>{}</td><td>{}</td></tr>\n",
                   escaped(rule.name), both(rule.title), rule.value == rule.standard_value ? "" : " changed",
                   code(rule.value), code(rule.standard_value), escaped(rule.source),
                   both(confidence_words(rule.confidence)));
}

void write_environment(std::ostream& out, const Header& header) {
    out << "<div class=\"columns\">\n";
    const auto column = [&](std::string_view title, std::string_view pairs) {
        if (!pairs.empty())
            fmt::print(out, "<div><h3>{}</h3><dl class=\"pairs\">\n{}</dl></div>\n", title, pairs);
    };
    for (const auto& device : header.devices)
        column(both(device.role == "card"       ? Text{"用户卡", "Card"}
                    : device.role == "psam"     ? Text{"PSAM", "PSAM"}
                    : device.role == "isam"     ? Text{"ISAM", "ISAM"}
                    : device.role == "terminal" ? Text{"终端", "Terminal"}
                    : device.role == "file"     ? Text{"清算文件", "Clearing file"}
                    : device.role == "host"     ? Text{"主机", "Host"}
                                                : Text{device.role, device.role}),
               pair(Text{"设备", "Device"}, code(device.spec)) + pair(Text{"名称", "Name"}, escaped(device.name)) +
                   pair(Text{"版本", "Version"}, escaped(device.version)) + pair("SHA-256", code(device.sha256)) +
                   pair(Text{"读写器", "Reader"}, escaped(device.reader)) +
                   pair(Text{"协议", "Protocol"}, escaped(device.protocol)) + pair("ATR", code(spaced(device.atr))) +
                   pair("UID", code(spaced(device.uid))) +
                   pair(device.role != "card" ? Text{"序列号", "Serial number"} : Text{"应用序列号", "ASN"},
                        code(device.asn)));
    const auto version = [](const std::string& name, const std::string& sha256) {
        return escaped(name) + (sha256.empty() ? "" : " " + code("SHA-256 " + sha256.substr(0, 16) + "…"));
    };
    std::string run = pair(Text{"程序", "Program"}, escaped(header.tool + " " + header.tool_version)) +
                      pair(Text{"用例集", "Suite"}, version(header.suite_version, header.suite_sha256)) +
                      pair(Text{"配置", "Profile"}, version(header.profile, header.profile_sha256)) +
                      pair(Text{"随机种子", "Seed"}, code(header.seed));
    std::string selection;
    for (const auto& each : header.selection)
        selection += (selection.empty() ? "" : " ") + code(each);
    run += pair(Text{"选择", "Selection"}, selection);
    column(both(Text{"运行", "Run"}), run);
    std::string host;
    for (const auto& [name, value] : header.host)
        host += pair(name == "name"     ? Text{"名称", "Name"}
                     : name == "system" ? Text{"系统", "System"}
                     : name == "cpu"    ? Text{"处理器", "Processor"}
                                        : Text{name, name},
                     escaped(value));
    column(both(Text{"主机", "Host"}), host);
    std::string claims;
    for (const auto& [name, claimed] : header.ics)
        claims += pair(name, both(claimed ? Text{"是", "yes"} : Text{"否", "no"}));
    column(both(Text{"声明 (ICS)", "Claims (ICS)"}), claims);
    std::string values;
    for (const auto& [name, value] : header.ixit)
        values += pair(name, code(value));
    column(both(Text{"取值 (IXIT)", "Values (IXIT)"}), values);
    out << "</div>\n";
}

} // namespace tongka::reports
