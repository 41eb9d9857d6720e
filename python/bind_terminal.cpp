#include <fmt/format.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "core/hex.hpp"
#include "core/profile/profile.hpp"
#include "python/binding.hpp"
#include "python/open_device.hpp"
#include "simulator/terminal/terminal.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

using simulator::Terminal;
using simulator::TerminalOutcome;
using simulator::Transmit;

/// A terminal with its journal.
struct PythonTerminal {
    simulator::RecordStore store;
    Terminal terminal;

    PythonTerminal(simulator::RecordStore records, simulator::TerminalParameters parameters)
        : store(std::move(records)), terminal(std::move(parameters), store) {}
};

Transmit line_to(OpenDevice& device) {
    return [&device](core::BytesView command) { return device.send(command, OpenDevice::How::apdu); };
}

std::unique_ptr<PythonTerminal> make(const core::Profile& profile,
                                     const std::optional<std::filesystem::path>& parameters,
                                     const std::optional<std::filesystem::path>& records) {
    simulator::TerminalParameters told{.city = profile.card.city, .most_amount = UINT32_MAX, .rules = profile.rules};
    if (parameters) {
        std::vector<simulator::SkippedLine> skipped;
        told = value_of(simulator::load_parameters(*parameters, skipped));
        if (!skipped.empty())
            throw Failure(fmt::format("{}:{}: '{}' is no card", skipped.front().file.native(), skipped.front().line,
                                      skipped.front().text));
    }
    return std::make_unique<PythonTerminal>(value_of(simulator::RecordStore::open(records.value_or(""))),
                                            std::move(told));
}

simulator::Moment moment_of(const Input& bytes) {
    return exactly<7>(bytes, "a moment YYYYMMDDhhmmss");
}

TerminalOutcome tap(PythonTerminal& self, OpenDevice& card, OpenDevice& psam, const Input& moment, const Input& place,
                    bool in) {
    simulator::TapRequest request{.date_time = moment_of(moment)};
    if (!place.bytes.empty()) {
        const auto bytes = exactly<2>(place, "a place");
        request.place = simulator::Place{bytes[0], bytes[1]};
    }
    const py::gil_scoped_release released;
    return in ? self.terminal.tap_in(line_to(card), line_to(psam), request)
              : self.terminal.tap_out(line_to(card), line_to(psam), request);
}

} // namespace

void bind_terminal(py::module_& module) {
    py::class_<TerminalOutcome>(module, "TerminalOutcome", "How a flow at a terminal ended.")
        .def_property_readonly(
            "result", [](const TerminalOutcome& one) { return std::string(simulator::name(one.result)); },
            "accepted, refused, unknown (the debit was sent and not answered)")
        .def_property_readonly(
            "accepted", [](const TerminalOutcome& one) { return one.result == TerminalOutcome::Result::accepted; })
        .def_property_readonly(
            "reason",
            [](const TerminalOutcome& one) {
                return one.reason ? std::string(simulator::info(*one.reason).name) : std::string();
            },
            "Why it was refused, by the names of docs/terminal.md; empty where it was not.")
        .def_readonly("detail", &TerminalOutcome::detail, "The exchange that decided.")
        .def_readonly("recovered", &TerminalOutcome::recovered, "An earlier transaction was settled first.")
        .def_property_readonly(
            "record",
            [](const TerminalOutcome& one) { return one.record ? simulator::to_line(*one.record) : std::string(); },
            "The record that the terminal keeps, as JSON; empty where there is none.")
        .def("__repr__", [](const TerminalOutcome& one) {
            return fmt::format("<tongka.TerminalOutcome {}{}{}>", simulator::name(one.result), one.reason ? ": " : "",
                               one.reason ? simulator::info(*one.reason).name : "");
        });
    py::class_<PythonTerminal>(module, "Terminal",
                               "The reference terminal of GB/T 31778 (docs/terminal.md); amounts in fen.")
        .def(py::init(&make), py::arg("profile"), py::arg("parameters") = py::none(), py::arg("records") = py::none(),
             "Without a file of parameters it takes the cards of the profile's city; without one of records they are\n"
             "in memory alone.")
        .def(
            "purchase",
            [](PythonTerminal& self, OpenDevice& card, OpenDevice& psam, std::uint32_t amount, const Input& moment) {
                const simulator::PurchaseRequest request{.amount = amount, .date_time = moment_of(moment)};
                const py::gil_scoped_release released;
                return self.terminal.purchase(line_to(card), line_to(psam), request);
            },
            py::arg("card"), py::arg("psam"), py::arg("amount"), py::arg("moment"),
            "A purchase from the EP; what of this card is open is settled first. `moment` is 7 bytes of BCD.")
        .def(
            "tap_in",
            [](PythonTerminal& self, OpenDevice& card, OpenDevice& psam, const Input& moment, const Input& place) {
                return tap(self, card, psam, moment, place, true);
            },
            py::arg("card"), py::arg("psam"), py::arg("moment"), py::arg("place") = py::bytes(),
            "The way in of a ride; `place` is line and station, 2 bytes.")
        .def(
            "tap_out",
            [](PythonTerminal& self, OpenDevice& card, OpenDevice& psam, const Input& moment, const Input& place) {
                return tap(self, card, psam, moment, place, false);
            },
            py::arg("card"), py::arg("psam"), py::arg("moment"), py::arg("place") = py::bytes(), "The way out.")
        .def(
            "recover",
            [](PythonTerminal& self, OpenDevice& card) {
                const py::gil_scoped_release released;
                return self.terminal.recover(line_to(card));
            },
            py::arg("card"), "Settles what is open of this card, without a new transaction.")
        .def_property_readonly(
            "records",
            [](const PythonTerminal& self) {
                std::vector<std::string> lines;
                for (const auto& record : self.store.records())
                    lines.push_back(simulator::to_line(record));
                return lines;
            },
            "What the terminal keeps, one line of JSON a record.");
}

} // namespace tongka::python
