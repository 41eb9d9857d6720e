#pragma once

#include <initializer_list>
#include <ostream>
#include <string>
#include <vector>

#include "core/text.hpp"
#include "reports/words.hpp"

namespace tongka::reports {

/// Writes the elements of the printed page, in one language: numbered parts, pairs and tables. Rows are kept plain,
/// since who lays out pages takes its time over each element.
class PrintPage {
public:
    PrintPage(std::ostream& out, Language language) : out_(out), language_(language) {}

    [[nodiscard]] Language language() const { return language_; }
    [[nodiscard]] std::string say(core::Text text) const { return std::string(text.in(language_)); }
    [[nodiscard]] std::string in(core::Text text) const { return say(text); }
    [[nodiscard]] const std::string& in(const Words& words) const { return words.in(language_); }

    /// A numbered heading: "3 Results".
    void part(core::Text title);
    /// One below it, without a number.
    void heading(const std::string& title);
    void paragraph(const std::string& text, std::string_view kind = "");

    void begin_pairs() { out_ << "<table class=\"pairs\">\n"; }
    /// Text that is empty is "not stated".
    void pair(core::Text name, const std::string& text);
    void end_pairs() { out_ << "</table>\n"; }

    struct Column {
        core::Text title;
        const char* width; ///< of the table, such as "18%"
        bool code = false; ///< set in the font of programs
    };
    void begin_table(std::initializer_list<Column> columns);
    /// `kind` is the class of the row: a verdict, as a rule.
    void row(const std::vector<std::string>& cells, std::string_view kind = "");
    void end_table() { out_ << "</tbody></table>\n"; }

    [[nodiscard]] std::ostream& out() { return out_; }

private:
    std::ostream& out_;
    Language language_;
    std::vector<bool> code_;
    unsigned parts_ = 0;
};

} // namespace tongka::reports
