#include "reports/junit.hpp"

#include <map>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "reports/evidence_text.hpp"
#include "reports/vocabulary.hpp"

namespace tongka::reports {
namespace {

/// XML 1.0 has no way to write most control characters (XML 1.0, 2.2 Char): they become U+FFFD.
std::string xml_text(std::string_view text) {
    constexpr std::string_view replacement = "\uFFFD";
    std::string clean;
    clean.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c < 0x20 && c != '\t' && c != '\n' && c != '\r') {
            clean += replacement;
        } else if (text.substr(i, 3) == "\uFFFE" || text.substr(i, 3) == "\uFFFF") {
            clean += replacement;
            i += 2;
        } else {
            clean += text[i];
        }
    }
    return clean;
}

void set(pugi::xml_node node, const char* name, std::string_view value) {
    node.append_attribute(name) = xml_text(value).c_str();
}

std::string seconds(std::uint64_t us) {
    return fmt::format("{}.{:06}", us / 1'000'000, us % 1'000'000);
}

void add_case(pugi::xml_node suite, const Case& which, core::Language language) {
    auto node = suite.append_child("testcase");
    set(node, "classname", which.standard);
    set(node, "name", fmt::format("{} {}", which.id, which.title.in(language)));
    set(node, "time", seconds(which.us));
    if (!which.source.empty())
        set(node, "file", which.source);

    const auto reason = reason_text(which, language);
    const auto add_problem = [&](const char* name, std::string_view type) {
        auto problem = node.append_child(name);
        set(problem, "type", type);
        set(problem, "message", reason);
        problem.text() = xml_text(evidence_text(which, language)).c_str();
    };
    switch (which.outcome) {
    case Outcome::fail:
        return add_problem("failure", "fail");
    case Outcome::error:
    case Outcome::inconclusive:
        return add_problem("error", name_of(which.outcome));
    case Outcome::not_applicable:
    case Outcome::not_run:
        set(node.append_child("skipped"), "message",
            fmt::format("{}: {}", outcome_words(which.outcome).in(language), reason));
        return;
    case Outcome::observation:
        node.append_child("system-out").text() =
            xml_text(fmt::format("{}: {}\n{}", outcome_words(which.outcome).in(language), reason,
                                 evidence_text(which, language)))
                .c_str();
        return;
    case Outcome::pass:
        if (!which.cleanup.empty())
            node.append_child("system-out").text() = xml_text(evidence_text(which, language)).c_str();
        return;
    }
}

struct Counts {
    std::size_t tests = 0, failures = 0, errors = 0, skipped = 0;
    std::uint64_t us = 0;
    void add(const Case& which) {
        ++tests;
        us += which.us;
        failures += which.outcome == Outcome::fail;
        errors += which.outcome == Outcome::error || which.outcome == Outcome::inconclusive;
        skipped += which.outcome == Outcome::not_run || which.outcome == Outcome::not_applicable;
    }
    void write(pugi::xml_node node) const {
        set(node, "tests", std::to_string(tests));
        set(node, "failures", std::to_string(failures));
        set(node, "errors", std::to_string(errors));
        set(node, "skipped", std::to_string(skipped));
        set(node, "time", seconds(us));
    }
};

void add_properties(pugi::xml_node suite, const Header& header) {
    auto properties = suite.append_child("properties");
    const auto add = [&](const std::string& name, const std::string& value) {
        if (value.empty())
            return;
        auto property = properties.append_child("property");
        set(property, "name", name);
        set(property, "value", value);
    };
    add("tool", header.tool + " " + header.tool_version);
    add("suite", header.suite_version);
    add("profile", header.profile);
    add("deviation", header.deviation);
    add("seed", header.seed);
    for (const auto& device : header.devices) {
        add(device.role, device.spec);
        add(device.role + ".atr", device.atr);
        add(device.role + ".asn", device.asn);
    }
}

} // namespace

void write_junit(std::ostream& out, const Summary& summary, core::Language language) {
    std::map<std::string, std::vector<const Case*>> standards;
    Counts all;
    for (const auto& which : summary.cases) {
        standards[which.standard].push_back(&which);
        all.add(which);
    }
    std::string host;
    for (const auto& [name, value] : summary.header.host)
        if (name == "name")
            host = value;

    pugi::xml_document document;
    auto root = document.append_child("testsuites");
    set(root, "name", "tongka");
    all.write(root);
    for (const auto& [standard, cases] : standards) {
        Counts counts;
        for (const auto* which : cases)
            counts.add(*which);
        auto suite = root.append_child("testsuite");
        set(suite, "name", standard_name(standard));
        counts.write(suite);
        set(suite, "timestamp", summary.header.started);
        set(suite, "hostname", host);
        add_properties(suite, summary.header);
        for (const auto* which : cases)
            add_case(suite, *which, language);
    }
    document.save(out, "  ", pugi::format_indent, pugi::encoding_utf8);
}

} // namespace tongka::reports
