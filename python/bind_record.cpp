#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "python/binding.hpp"
#include "reports/record_lines.hpp"
#include "reports/report.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

namespace fs = std::filesystem;
using reports::Case;
using reports::Check;
using reports::Exchange;
using reports::FailedCheck;
using reports::Outcome;
using reports::Summary;

/// A record that was read whole once; exchanges and checks are read again when they are asked for.
struct Record {
    fs::path path;
    Summary summary;
};

/// A case of a record, which it keeps alive.
struct RecordedCase {
    std::shared_ptr<const Record> record;
    const Case* test_case;

    [[nodiscard]] const Case& operator*() const { return *test_case; }
};

std::shared_ptr<Record> open(const fs::path& path) {
    const py::gil_scoped_release released;
    return std::make_shared<Record>(Record{path, value_of(reports::summarize(path))});
}

std::vector<RecordedCase> cases_of(const std::shared_ptr<Record>& record) {
    std::vector<RecordedCase> cases;
    for (const auto& one : record->summary.cases)
        cases.push_back({record, &one});
    return cases;
}

/// The lines of one kind of a case.
template <typename Item>
std::vector<Item> lines_of(const RecordedCase& of, std::string_view kind, Item (*read)(const nlohmann::json&)) {
    const py::gil_scoped_release released;
    std::vector<Item> items;
    auto pieces = value_of(reports::RecordPieces::open(of.record->path));
    for (const auto& span : of.test_case->spans)
        value_of(pieces.visit(span, [&](const reports::RecordLine& line) -> core::Result<void> {
            if (line.kind == kind)
                items.push_back(read(line.value));
            return {};
        }));
    return items;
}

std::map<std::string, std::size_t> totals_of(const Record& record) {
    std::map<std::string, std::size_t> totals;
    for (std::size_t i = 0; i < reports::outcome_count; ++i)
        totals[std::string(reports::name_of(static_cast<Outcome>(i)))] = record.summary.totals[static_cast<Outcome>(i)];
    return totals;
}

py::list requirements_of(const Record& record) {
    py::list all;
    for (const auto& one : record.summary.requirements) {
        py::list cases;
        for (const auto index : one.cases)
            cases.append(record.summary.cases[index].id);
        all.append(py::make_tuple(one.id, one.title, std::string(reports::name_of(one.outcome)), cases));
    }
    return all;
}

void write_reports(const Record& record, const fs::path& out, const std::string& language) {
    const py::gil_scoped_release released;
    (void)value_of(reports::write_reports(record.path, out,
                                          {.language = language == "en" ? core::Language::en : core::Language::zh}));
}

void bind_evidence(py::module_& module) {
    py::class_<Check>(module, "Check", "What was expected and what came.")
        .def_readonly("passed", &Check::pass)
        .def_readonly("phase", &Check::phase)
        .def_readonly("step", &Check::step)
        .def_readonly("place", &Check::place)
        .def_readonly("expected", &Check::expected)
        .def_readonly("received", &Check::received)
        .def_readonly("difference", &Check::difference, "XOR in hex, where lengths agree.")
        .def_readonly("message", &Check::message)
        .def_readonly("because", &Check::because, "Why it must be so.")
        .def_readonly("requirements", &Check::requirements)
        .def("__bool__", [](const Check& check) { return check.pass; })
        .def("__repr__", [](const Check& check) {
            return check.pass ? fmt::format("<tongka.Check passed: {}>", check.expected)
                              : fmt::format("<tongka.Check failed at {}: {}>", check.place, check.message.en);
        });
    py::class_<FailedCheck>(module, "Failure", "A check that did not hold, with the exchange it is about.")
        .def_readonly("check", &FailedCheck::check)
        .def_property_readonly(
            "exchange",
            [](const FailedCheck& failed) -> std::optional<Exchange> {
                if (failed.exchange.command.empty())
                    return std::nullopt;
                return failed.exchange;
            },
            "None where the step sent nothing.")
        .def("__repr__",
             [](const FailedCheck& failed) { return fmt::format("<tongka.Failure {}>", failed.check.message.en); });
}

} // namespace

void bind_record(py::module_& module) {
    bind_evidence(module);
    py::class_<RecordedCase>(module, "CaseRecord", "What became of a case in a run.")
        .def_property_readonly("id", [](const RecordedCase& one) { return (*one).id; })
        .def_property_readonly("standard", [](const RecordedCase& one) { return (*one).standard; })
        .def_property_readonly("title", [](const RecordedCase& one) { return (*one).title; })
        .def_property_readonly("covers", [](const RecordedCase& one) { return (*one).covers; })
        .def_property_readonly(
            "verdict", [](const RecordedCase& one) { return std::string(reports::name_of((*one).outcome)); },
            "pass, fail, observation (a fail of inferred requirements alone), inconclusive, error, not_run or\n"
            "not_applicable.")
        .def_property_readonly("passed", [](const RecordedCase& one) { return (*one).outcome == Outcome::pass; })
        .def_property_readonly(
            "reason", [](const RecordedCase& one) { return (*one).reason; }, "Why it did not pass, or did not run.")
        .def_property_readonly(
            "cleanup", [](const RecordedCase& one) { return (*one).cleanup; },
            "Why its cleanup failed; empty where it did not.")
        .def_property_readonly(
            "us", [](const RecordedCase& one) { return (*one).us; }, "Microseconds that it took.")
        .def_property_readonly("failures", [](const RecordedCase& one) { return (*one).failures; })
        .def_property_readonly(
            "exchanges",
            [](const RecordedCase& one) { return lines_of<Exchange>(one, "exchange", &reports::exchange_of); },
            "All of the case's exchanges, read from the record.")
        .def_property_readonly(
            "checks", [](const RecordedCase& one) { return lines_of<Check>(one, "check", &reports::check_of); },
            "All of the case's checks, read from the record.")
        .def("__repr__", [](const RecordedCase& one) {
            const auto& reason = (*one).reason.en;
            return fmt::format("<tongka.CaseRecord {}: {}{}{}>", (*one).id, reports::name_of((*one).outcome),
                               reason.empty() ? "" : ": ", reason);
        });
    py::class_<Record, std::shared_ptr<Record>>(module, "Record", "The record of a run.")
        .def(py::init(&open), py::arg("path"))
        .def_readonly("path", &Record::path)
        .def_property_readonly("cases", &cases_of)
        .def_property_readonly("totals", &totals_of)
        .def_property_readonly("requirements", &requirements_of, "(id, title, verdict, ids of its cases)")
        .def_property_readonly("profile", [](const Record& one) { return one.summary.header.profile; })
        .def_property_readonly("seed", [](const Record& one) { return one.summary.header.seed; })
        .def_property_readonly("started", [](const Record& one) { return one.summary.header.started; })
        .def_property_readonly("deviation", [](const Record& one) { return one.summary.header.deviation; })
        .def_property_readonly(
            "complete", [](const Record& one) { return one.summary.complete; }, "Whether the run came to its end.")
        .def_property_readonly(
            "sha256", [](const Record& one) { return one.summary.state.last_sha256; },
            "Of its last line, which names this very record.")
        .def_property_readonly("exchange_count", [](const Record& one) { return one.summary.exchanges; })
        .def_property_readonly(
            "us", [](const Record& one) { return one.summary.us; }, "Microseconds that it took.")
        .def("write_reports", &write_reports, py::arg("out"), py::arg("language") = "zh",
             "Writes report.json, report.html, junit.xml, ctrf.json and the tables into a folder.");
}

} // namespace tongka::python
