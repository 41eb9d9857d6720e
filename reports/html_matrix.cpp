#include "reports/html_matrix.hpp"

#include <map>
#include <vector>

#include <fmt/ostream.h>

#include "reports/html_text.hpp"
#include "reports/vocabulary.hpp"

namespace tongka::reports {
namespace {

constexpr Outcome columns[] = {Outcome::pass,  Outcome::fail,    Outcome::observation,   Outcome::inconclusive,
                               Outcome::error, Outcome::not_run, Outcome::not_applicable};

/// Groups of one standard, in the order of the catalogue.
struct Standard {
    std::vector<std::string_view> order;
    std::map<std::string_view, Totals> groups;
};

} // namespace

std::string_view group_of(std::string_view requirement) {
    return requirement.substr(0, requirement.rfind('-'));
}

void write_requirement_matrix(std::ostream& out, const Summary& summary) {
    std::map<std::string_view, Standard> standards;
    for (const auto& each : summary.requirements) {
        auto& standard = standards[each.standard];
        const auto group = group_of(each.id);
        if (!standard.groups.contains(group))
            standard.order.push_back(group);
        ++standard.groups[group][each.outcome];
    }
    out << "<thead><tr><th></th>";
    for (const auto outcome : columns)
        fmt::print(out, "<th class=\"{}\"><span class=\"verdict\">{}</span></th>", name_of(outcome),
                   both(outcome_words(outcome)));
    out << "</tr></thead>\n";
    for (const auto& [name, standard] : standards) {
        fmt::print(out, "<tbody><tr><th colspan=\"8\" scope=\"rowgroup\">{}</th></tr>\n", escaped(standard_name(name)));
        for (const auto& group : standard.order) {
            fmt::print(out, "<tr><th scope=\"row\"><code>{}</code></th>", escaped(group));
            for (const auto outcome : columns) {
                const auto count = standard.groups.at(group)[outcome];
                if (count == 0)
                    out << "<td></td>";
                else
                    fmt::print(out,
                               "<td class=\"{0}\"><button type=\"button\" data-group=\"{1}\" "
                               "data-verdict=\"{0}\">{2}</button></td>",
                               name_of(outcome), escaped(group), count);
            }
            out << "</tr>\n";
        }
        out << "</tbody>\n";
    }
}

} // namespace tongka::reports
