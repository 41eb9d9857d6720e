#include <fmt/format.h>
#include <pybind11/stl.h>

#include "core/document/source.hpp"
#include "harness/language/matcher.hpp"
#include "python/binding.hpp"
#include "python/python_case.hpp"
#include "python/python_key.hpp"
#include "reports/words.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

using core::document::Node;
using harness::CheckResult;
using harness::Environment;
using harness::Hands;
using harness::Pattern;
using harness::Value;

/// For patterns outside of a run: what they ask for of one is an Error.
class NoRun final : public harness::Lookup {
public:
    core::Result<core::Bytes> given(std::string_view name) override { return none(name); }
    core::Result<std::string> rule(std::string_view name) override { return none(name); }
    core::Result<core::Key> key(std::string_view name, std::optional<core::Byte>) override { return none(name); }
    core::Result<core::Key> master(std::string_view name, core::Byte) override { return none(name); }
    core::Result<core::Key> isam_key(std::string_view name, core::Byte) override { return none(name); }
    core::Result<core::Bytes> random(std::size_t) override { return none("random"); }

private:
    static tl::unexpected<core::Error> none(std::string_view name) {
        return core::fail(fmt::format("{} is known inside of a case alone", name));
    }
};

std::shared_ptr<Pattern> parse(const std::string& text) {
    Node node(Node::Kind::text, std::make_shared<core::document::Source>("pattern", text), 0);
    node.text = text;
    return std::make_shared<Pattern>(value_of(harness::parse_pattern(node, "pattern")));
}

std::map<std::string, Value> values_of(const py::dict& given) {
    std::map<std::string, Value> values;
    for (const auto& [name, value] : given)
        values.emplace(py::cast<std::string>(name), py::isinstance<PythonKey>(value)
                                                        ? Value(py::cast<const PythonKey&>(value).key)
                                                        : Value(core::to_bytes(py::cast<Input>(value))));
    return values;
}

py::object python_of(const Value& value) {
    if (const auto* bytes = std::get_if<core::Bytes>(&value))
        return to_python(*bytes);
    return py::cast(PythonKey(std::get<core::Key>(value)));
}

struct Match {
    CheckResult result;
    py::dict captures;
};

/// The names bound by the pattern are those that were not given.
Match match(const Pattern& pattern, const Input& answer, const py::dict& given, harness::Lookup& lookup) {
    Environment environment(lookup);
    for (auto& [name, value] : values_of(given))
        value_of(environment.bind(name, std::move(value)));
    const auto response = answer_of(core::parse_response(answer));
    Match found{value_of(harness::match(pattern, response, environment)), {}};
    for (const auto& alternative : pattern.alternatives)
        for (const auto& item : alternative.data)
            if (const auto* value = item.name.empty() ? nullptr : environment.find(item.name))
                found.captures[py::str(item.name)] = python_of(*value);
    return found;
}

std::optional<harness::Words> words(const std::string& text) {
    return text.empty() ? std::nullopt : std::optional(harness::Words::of_one(text));
}

py::bytes send(PythonHands& self, const std::string& device, const Input& command, bool raw, const std::string& place) {
    auto& hands = self.get();
    const auto role = role_named(device);
    core::Result<core::Bytes> answer = core::Bytes{};
    {
        const py::gil_scoped_release released;
        answer = hands.send(role, command, raw, place);
    }
    return to_python(answer_of(std::move(answer)));
}

py::dict call(PythonHands& self, const std::string& procedure, const py::dict& with, const std::string& place) {
    auto& hands = self.get();
    const auto found = self.procedures->find(procedure);
    if (found == self.procedures->end())
        throw Failure(fmt::format("there is no procedure '{}'", procedure));
    const auto values = values_of(with);
    core::Result<std::map<std::string, Value>> returned = std::map<std::string, Value>{};
    {
        const py::gil_scoped_release released;
        returned = hands.call(found->second, values, place);
    }
    py::dict result;
    for (const auto& [name, value] : answer_of(std::move(returned)))
        result[py::str(name)] = python_of(value);
    return result;
}

} // namespace

Hands& PythonHands::get() const {
    if (hands == nullptr)
        throw Failure("the case is over");
    return *hands;
}

void bind_case(py::module_& module) {
    py::class_<Match>(module, "Match", "What came of holding an answer against a pattern.")
        .def_property_readonly("passed", [](const Match& match) { return match.result.pass; })
        .def_property_readonly("expected", [](const Match& match) { return match.result.expected; })
        .def_property_readonly("received", [](const Match& match) { return match.result.received; })
        .def_property_readonly(
            "message",
            [](const Match& match) {
                return reports::Words{match.result.message.zh, match.result.message.en};
            },
            "A sentence on the first thing that differs; empty where it passed.")
        .def_property_readonly("difference", [](const Match& match) { return match.result.difference; })
        .def_readonly("captures", &Match::captures, "Name -> bytes.")
        .def("__bool__", [](const Match& match) { return match.result.pass; })
        .def("__repr__", [](const Match& match) {
            return match.result.pass ? fmt::format("<tongka.Match {}>", match.result.received)
                                     : fmt::format("<tongka.Match failed: {}>", match.result.message.en);
        });
    py::class_<Pattern, std::shared_ptr<Pattern>>(module, "Pattern",
                                                  "What an answer must be, as `expect` of a YAML case (docs/cases.md).")
        .def(py::init(&parse), py::arg("text"))
        .def(
            "match",
            [](const Pattern& pattern, const Input& answer, const py::dict& values) {
                NoRun none;
                return match(pattern, answer, values, none);
            },
            py::arg("answer"), py::arg("values") = py::dict(),
            "Holds a whole answer, with its status word, against the pattern; `values` are what it compares with.")
        .def("__repr__",
             [](const Pattern& pattern) { return fmt::format("<tongka.Pattern {}>", pattern.source.text); });
    py::class_<PythonHands, std::shared_ptr<PythonHands>>(module, "Hands", "What a case in Python works with.")
        .def("send", &send, py::arg("device"), py::arg("command"), py::arg("raw"), py::arg("place"))
        .def(
            "reset",
            [](PythonHands& self, const std::string& device) {
                const auto role = role_named(device);
                const py::gil_scoped_release released;
                answer_of(self.get().reset(role));
            },
            py::arg("device"))
        .def(
            "tear",
            [](PythonHands& self, const std::string& device, const Input& command, unsigned write, bool after,
               const std::string& place) {
                const auto role = role_named(device);
                const py::gil_scoped_release released;
                answer_of(self.get().tear(role, command, {.write = write, .after = after}, place));
            },
            py::arg("device"), py::arg("command"), py::arg("write"), py::arg("after"), py::arg("place"))
        .def("call", &call, py::arg("procedure"), py::arg("values"), py::arg("place"))
        .def(
            "match",
            [](PythonHands& self, const Pattern& pattern, const Input& answer, const py::dict& values) {
                return match(pattern, answer, values, self.get().lookup());
            },
            py::arg("pattern"), py::arg("answer"), py::arg("values"))
        .def(
            "check_match",
            [](PythonHands& self, const Match& match, const std::string& place, const std::string& because,
               const std::vector<std::string>& requirements) {
                self.get().check(match.result, place, words(because), requirements);
            },
            py::arg("match"), py::arg("place"), py::arg("because"), py::arg("requirements"))
        .def(
            "check",
            [](PythonHands& self, bool passed, const std::string& expected, const std::string& received,
               const std::string& message, const std::string& place, const std::string& because,
               const std::vector<std::string>& requirements) {
                self.get().check({.pass = passed,
                                  .expected = expected,
                                  .received = received,
                                  .message = harness::Words::of_one(message),
                                  .difference = {}},
                                 place, words(because), requirements);
            },
            py::arg("passed"), py::arg("expected"), py::arg("received"), py::arg("message"), py::arg("place"),
            py::arg("because"), py::arg("requirements"))
        .def(
            "give_up",
            [](PythonHands& self, const std::string& reason) { self.get().give_up(harness::Words::of_one(reason)); },
            py::arg("reason"))
        .def(
            "leave_open",
            [](PythonHands& self, const std::string& reason) { self.get().leave_open(harness::Words::of_one(reason)); },
            py::arg("reason"))
        .def_property_readonly("is_over", [](PythonHands& self) { return self.get().is_over(); })
        .def(
            "value",
            [](PythonHands& self, const std::string& name) {
                return to_python(value_of(self.get().lookup().given(name)));
            },
            py::arg("name"))
        .def(
            "rule", [](PythonHands& self, const std::string& name) { return value_of(self.get().lookup().rule(name)); },
            py::arg("name"))
        .def(
            "key",
            [](PythonHands& self, const std::string& name, std::optional<core::Byte> index) {
                return PythonKey(value_of(self.get().lookup().key(name, index)));
            },
            py::arg("name"), py::arg("index"))
        .def(
            "random",
            [](PythonHands& self, std::size_t count) { return to_python(value_of(self.get().lookup().random(count))); },
            py::arg("count"));
}

} // namespace tongka::python
