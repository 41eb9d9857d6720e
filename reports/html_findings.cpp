#include "reports/html_findings.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "reports/decoded.hpp"
#include "reports/html_text.hpp"
#include "reports/vocabulary.hpp"

namespace tongka::reports {
namespace {

std::vector<std::string_view> items_of(std::string_view text) {
    std::vector<std::string_view> items;
    while (!text.empty()) {
        const auto end = std::min(text.find(' '), text.size());
        items.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return items;
}

/// One item of hex with its bytes set apart, those marked where the difference is not zero.
std::string marked_item(std::string_view item, std::string_view difference) {
    std::string html;
    for (std::size_t i = 0; i < item.size(); i += 2) {
        const auto* const tag = difference.substr(i, 2) == "00" ? "span" : "mark";
        html += fmt::format("{0}<{1}>{2}</{1}>", i && item.size() > 4 ? " " : "", tag, item.substr(i, 2));
    }
    return html;
}

/// What was received or expected, item by item as the record has it.
std::string compared(std::string_view text, std::string_view difference) {
    const auto items = items_of(text);
    const auto differences = items_of(difference);
    if (items.size() != differences.size())
        return escaped(grouped(text));
    std::string html;
    for (std::size_t i = 0; i < items.size(); ++i) {
        const bool same_length = is_hex(items[i]) && items[i].size() == differences[i].size();
        html += (i ? "  " : "") + (same_length ? marked_item(items[i], differences[i]) : escaped(items[i]));
    }
    return html;
}

std::string line(core::Text name, std::string_view html, const Words& words = {}) {
    if (html.empty())
        return {};
    return fmt::format("<dt>{}</dt><dd><span class=\"hex\">{}</span>{}</dd>\n", both(name), html,
                       words.empty() ? "" : fmt::format(R"(<span class="words">{}</span>)", both(words)));
}

/// The bytes of a field; of one that is taken apart below, and stands inside another, only how many there are.
std::string field_bytes(std::string_view hex, const std::vector<DecodedField>& fields, std::size_t i) {
    const auto& field = fields[i];
    if (field.depth > 0 && i + 1 < fields.size() && fields[i + 1].depth > field.depth)
        return fmt::format(R"(<span class="size">{}</span>)",
                           both(Words{fmt::format("{} 字节", field.size), fmt::format("{} bytes", field.size)}));
    return spaced(hex.substr(2 * field.offset, 2 * field.size));
}

std::string field_rows(std::string_view hex, const std::vector<DecodedField>& fields, std::string_view way) {
    std::string html;
    for (std::size_t i = 0; i < fields.size(); ++i)
        html += fmt::format(
            "<tr class=\"d{}\"><td class=\"way\">{}</td><td class=\"hex\">{}</td><td class=\"label\">{}</td>"
            "<td>{}</td></tr>\n",
            std::min(fields[i].depth, 4), i == 0 ? way : "", field_bytes(hex, fields, i), both(fields[i].name),
            both(fields[i].meaning));
    return html;
}

std::string fields_html(const Exchange& exchange, const Decoded& decoded) {
    std::string_view data = exchange.response;
    data = data.substr(0, data.size() < 4 ? 0 : data.size() - 4);
    const auto rows = field_rows(exchange.command, decoded.sent, "→") + field_rows(data, decoded.received, "←");
    if (rows.empty())
        return {};
    return fmt::format(
        "<details class=\"decoded\" open><summary>{}</summary><table class=\"fields\">\n{}</table></details>\n",
        both(core::Text{"逐字段解码", "Field by field"}), rows);
}

std::string failed_html(const FailedCheck& failed) {
    const auto& check = failed.check;
    const auto& exchange = failed.exchange;
    std::string html = "<div class=\"failed\">\n";
    if (!check.because.empty())
        html += fmt::format("<p class=\"because\">{}</p>\n", both(check.because));
    if (!check.message.empty())
        html += fmt::format("<p class=\"message\">{}</p>\n", both(check.message));
    html += fmt::format("<p class=\"where\"><code>{}</code><code>{}</code>", escaped(check.step), escaped(check.place));
    for (const auto& id : check.requirements)
        html += fmt::format("<code>{}</code>", escaped(id));
    html += "</p>\n<dl class=\"compare\">\n";
    const auto decoded = decode_exchange(exchange.device, exchange.command, exchange.response);
    if (failed.action.name.empty())
        html += line({"发送", "Sent"}, escaped(spaced(exchange.command)), decoded.command);
    else
        html += line({"要求", "Asked"}, escaped(failed.action.device + ": " + failed.action.text()));
    html += line({"收到", "Received"}, compared(check.received, check.difference),
                 failed.action.name.empty() ? decoded.status : Words{});
    html += line({"应为", "Expected"}, compared(check.expected, check.difference));
    html += line({"差异", "Difference"}, compared(check.difference, check.difference));
    html += "</dl>\n";
    if (!exchange.reason.empty())
        html += fmt::format("<p class=\"why\">{}<span>{}</span></p>\n",
                            both(core::Text{"设备说明：", "The device says: "}), both(exchange.reason));
    html += fields_html(exchange, decoded);
    return html + "</div>\n";
}

/// Where no check tells what went wrong, the exchange after which it did.
std::string last_exchange_html(const Exchange& exchange) {
    const auto decoded = decode_exchange(exchange.device, exchange.command, exchange.response);
    auto html = fmt::format(
        "<div class=\"failed\">\n<p class=\"where\"><code>{}</code><code>{}</code></p>\n<dl class=\"compare\">\n",
        escaped(exchange.step), escaped(exchange.place));
    html += line({"发送", "Sent"}, escaped(spaced(exchange.command)), decoded.command);
    html += exchange.response.empty() ? fmt::format("<dt>{}</dt><dd>{}</dd>\n", both(core::Text{"收到", "Received"}),
                                                    both(core::Text{"应答丢失", "answer lost"}))
                                      : line({"收到", "Received"}, escaped(spaced(exchange.response)), decoded.status);
    return html + "</dl>\n" + fields_html(exchange, decoded) + "</div>\n";
}

/// The harness gives the first broken check as the reason: then the check itself tells it, with its place.
bool told_by_a_check(const Case& which) {
    return std::ranges::any_of(which.failures, [&](const FailedCheck& failed) {
        return !failed.check.message.empty() && which.reason.zh.ends_with(failed.check.message.zh) &&
               which.reason.en.ends_with(failed.check.message.en);
    });
}

} // namespace

std::string finding_html(const Case& which, std::size_t index) {
    auto html = fmt::format("<article class=\"finding {0}\">\n<header><span class=\"verdict\">{1}</span>"
                            "<h3>{2}</h3><a href=\"#case-{3}\"><code>{4}</code></a></header>\n<div class=\"body\">\n",
                            name_of(which.outcome), both(outcome_words(which.outcome)), both(which.title), index,
                            escaped(which.id));
    if (!which.reason.empty() && !told_by_a_check(which))
        html += fmt::format("<p class=\"why\">{}</p>\n", both(which.reason));
    for (const auto& failed : which.failures)
        html += failed_html(failed);
    if (which.failures.empty() && !which.last.command.empty())
        html += last_exchange_html(which.last);
    if (!which.cleanup.empty())
        html += fmt::format("<p class=\"notice\">{}{}</p>\n", both(core::Text{"清理失败：", "The cleanup failed: "}),
                            both(which.cleanup));
    return html + "</div>\n</article>\n";
}

} // namespace tongka::reports
