#include <fmt/format.h>
#include <pybind11/stl.h>

#include "core/dictionary/decode.hpp"
#include "core/dictionary/redact.hpp"
#include "core/dictionary/status_words.hpp"
#include "core/hex.hpp"
#include "python/binding.hpp"
#include "reports/decoded.hpp"
#include "reports/summary.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

using reports::Decoded;
using reports::DecodedField;
using reports::Exchange;
using reports::Words;

core::Language language(const std::string& name) {
    if (name != "zh" && name != "en")
        throw py::value_error("'" + name + "' is no language: known are zh, en");
    return name == "zh" ? core::Language::zh : core::Language::en;
}

std::vector<DecodedField> decode_file(unsigned id, const Input& content, bool record) {
    namespace dictionary = core::dictionary;
    const auto form = record ? dictionary::FileForm::record : dictionary::FileForm::binary;
    const auto in = [&](core::Language tongue) {
        return dictionary::decode_file(static_cast<dictionary::FileId>(id), form, content, 0,
                                       {.language = tongue, .device = {}, .selected_file = {}});
    };
    const auto zh = in(core::Language::zh);
    const auto en = in(core::Language::en);
    std::vector<DecodedField> fields;
    for (std::size_t i = 0; i < en.size(); ++i)
        fields.push_back({en[i].offset,
                          en[i].size,
                          en[i].depth,
                          {std::string(en[i].name.zh), std::string(en[i].name.en)},
                          {zh[i].text, en[i].text}});
    return fields;
}

std::string status_of(const Exchange& exchange) {
    return exchange.response.size() < 4 ? std::string() : exchange.response.substr(exchange.response.size() - 4);
}

} // namespace

void bind_decode(py::module_& module) {
    py::class_<Words>(module, "Words", "A text in both languages; str() is the English one.")
        .def_readonly("zh", &Words::zh)
        .def_readonly("en", &Words::en)
        .def("__str__", [](const Words& words) { return words.en; })
        .def("__bool__", [](const Words& words) { return !words.empty(); })
        .def("__repr__", [](const Words& words) { return py::repr(py::str(words.en)); });

    py::class_<DecodedField>(module, "Field", "Some bytes of a command, of an answer or of a file.")
        .def_readonly("offset", &DecodedField::offset, "Of its first byte, in the whole command, answer or content.")
        .def_readonly("size", &DecodedField::size, "Bytes.")
        .def_readonly("depth", &DecodedField::depth, "A field of a greater depth stands inside the one before it.")
        .def_readonly("name", &DecodedField::name)
        .def_readonly("meaning", &DecodedField::meaning,
                      "What the bytes say to a person: \"1.00 CNY\"; empty where that is no more than their digits.")
        .def("__repr__", [](const DecodedField& field) {
            return fmt::format("<tongka.Field {} [{}:{}]{}{}>", field.name.en, field.offset, field.offset + field.size,
                               field.meaning.empty() ? "" : ": ", field.meaning.en);
        });
    py::class_<Decoded>(module, "Decoded", "A command and its answer as the dictionary reads them.")
        .def_readonly("command", &Decoded::command, "The command's name.")
        .def_readonly("sent", &Decoded::sent, "Fields of the command; those of depth 0 cover all of it.")
        .def_readonly("received", &Decoded::received, "Fields of the answer without its status word.")
        .def_readonly("status", &Decoded::status, "The status word in words; empty for a lost answer.")
        .def("__repr__", [](const Decoded& decoded) {
            return fmt::format("<tongka.Decoded {}: {}>", decoded.command.en, decoded.status.en);
        });
    py::class_<Exchange>(module, "Exchange", "A command and its answer, in hex; secrets in them are `**` a byte.")
        .def_readonly("device", &Exchange::device, "The role: card, psam, isam.")
        .def_readonly("phase", &Exchange::phase, "Of its case: setup, steps, cleanup; empty outside of a run.")
        .def_readonly("step", &Exchange::step)
        .def_readonly("place", &Exchange::place, "file:line:column of the step.")
        .def_readonly("command", &Exchange::command)
        .def_readonly("response", &Exchange::response, "Empty for a lost answer.")
        .def_readonly("reason", &Exchange::reason, "Why a simulated device refused.")
        .def_readonly("at", &Exchange::at, "Microseconds since the run began.")
        .def_readonly("us", &Exchange::us, "Microseconds that it took.")
        .def_readonly("tpdus", &Exchange::tpdus, "On T=0, where there were several: (command, response).")
        .def_property_readonly("sw", &status_of, "The status word in hex: `9000`; empty for a lost answer.")
        .def(
            "decoded",
            [](const Exchange& exchange) {
                return reports::decode_exchange(exchange.device, exchange.command, exchange.response);
            },
            "The exchange as the dictionary reads it.")
        .def("__repr__", [](const Exchange& exchange) {
            const auto decoded = reports::decode_exchange(exchange.device, exchange.command, exchange.response);
            return fmt::format("<tongka.Exchange {} {}: {} -> {} ({})>", exchange.device, decoded.command.en,
                               exchange.command, exchange.response.empty() ? "nothing" : exchange.response,
                               exchange.response.empty() ? exchange.reason.en : decoded.status.en);
        });
    module.def(
        "decode",
        [](const Input& command, const Input& response, const std::string& device) {
            return reports::decode_exchange(device, core::dictionary::redact(command),
                                            core::dictionary::redact_response(command, response));
        },
        py::arg("command"), py::arg("response") = py::bytes(), py::arg("device") = "card",
        "Puts a command and its answer in words. Takes any bytes at all, and an empty answer for a lost one; `device`\n"
        "is the role that answered.");
    module.def(
        "decode_file", &decode_file, py::arg("file"), py::arg("content"), py::arg("record") = false,
        "The fields of a file's content, or of one of its records, by the file's identifier (0x0015); empty for\n"
        "a file without a known layout.");
    module.def(
        "describe_status",
        [](unsigned sw, const std::string& tongue) {
            return core::dictionary::describe(static_cast<core::StatusWord>(sw), language(tongue));
        },
        py::arg("sw"), py::arg("language") = "en", "A status word in words: describe_status(0x9302).");
    module.def(
        "redact", [](const Input& command) { return core::dictionary::redact(command); }, py::arg("command"),
        "A command in hex in which every byte that may be of a PIN or a key is `**`.");
}

} // namespace tongka::python
