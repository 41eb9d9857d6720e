#include "reports/print_page.hpp"

#include <fmt/ostream.h>

#include "reports/html_text.hpp"

namespace tongka::reports {

void PrintPage::part(core::Text title) {
    fmt::print(out_, "<h2>{}&ensp;{}</h2>\n", ++parts_, escaped(in(title)));
}

void PrintPage::heading(const std::string& title) {
    fmt::print(out_, "<h3>{}</h3>\n", escaped(title));
}

void PrintPage::paragraph(const std::string& text, std::string_view kind) {
    fmt::print(out_, "<p class=\"{}\">{}</p>\n", kind, escaped(text));
}

void PrintPage::pair(core::Text name, const std::string& text) {
    if (text.empty())
        fmt::print(out_, "<tr><th>{}</th><td class=\"open\">{}</td></tr>\n", escaped(in(name)),
                   say({"未说明", "not stated"}));
    else
        fmt::print(out_, "<tr><th>{}</th><td>{}</td></tr>\n", escaped(in(name)), escaped(text));
}

void PrintPage::begin_table(std::initializer_list<Column> columns) {
    code_.clear();
    out_ << "<table class=\"rows\"><colgroup>";
    for (const auto& column : columns)
        fmt::print(out_, "<col style=\"width:{}\">", column.width);
    out_ << "</colgroup><thead><tr>";
    for (const auto& column : columns) {
        fmt::print(out_, "<th>{}</th>", escaped(in(column.title)));
        code_.push_back(column.code);
    }
    out_ << "</tr></thead><tbody>\n";
}

void PrintPage::row(const std::vector<std::string>& cells, std::string_view kind) {
    out_ << (kind.empty() ? std::string("<tr>") : fmt::format("<tr class=\"{}\">", kind));
    for (std::size_t i = 0; i < cells.size(); ++i)
        fmt::print(out_, "<td{}>{}</td>", i < code_.size() && code_[i] ? " class=\"code\"" : "", escaped(cells[i]));
    out_ << "</tr>\n";
}

} // namespace tongka::reports
