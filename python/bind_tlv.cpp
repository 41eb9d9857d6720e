#include <fmt/format.h>
#include <pybind11/stl.h>

#include "core/apdu.hpp"
#include "core/bcd.hpp"
#include "core/hex.hpp"
#include "core/tlv.hpp"
#include "python/binding.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

/// A data object that owns its bytes.
struct Object {
    core::Tag tag = 0;
    core::Bytes value;
    std::vector<Object> children;
};

Object owned(const core::Tlv& seen) {
    Object object{seen.tag, core::to_bytes(seen.value), {}};
    for (const auto& child : seen.children)
        object.children.push_back(owned(child));
    return object;
}

std::vector<Object> parse(const Input& bytes) {
    std::vector<Object> list;
    for (const auto& seen : value_of(core::parse_tlv(bytes)))
        list.push_back(owned(seen));
    return list;
}

const Object* child(const Object& object, core::Tag tag) {
    for (const auto& inner : object.children)
        if (inner.tag == tag)
            return &inner;
    return nullptr;
}

struct ParsedCommand {
    core::Byte cla, ins, p1, p2;
    core::Bytes data;
    std::optional<std::uint32_t> ne;
    bool extended;
    int iso_case;
};

ParsedCommand parse_command(const Input& bytes) {
    const auto command = value_of(core::parse_command(bytes));
    return {command.cla, command.ins,      command.p1,        command.p2, core::to_bytes(command.data),
            command.ne,  command.extended, command.iso_case()};
}

} // namespace

void bind_tlv(py::module_& module) {
    py::class_<Object>(module, "Tlv", "A BER-TLV data object.")
        .def_readonly("tag", &Object::tag, "As it is written, its bytes one behind the other: 0x6F, 0x9F0C.")
        .def_property_readonly(
            "value", [](const Object& object) { return to_python(object.value); },
            "All of it, the objects inside included.")
        .def_readonly("children", &Object::children, "The objects inside, where it is constructed.")
        .def(
            "__getitem__",
            [](const Object& object, core::Tag tag) {
                const auto* found = child(object, tag);
                if (!found)
                    throw py::key_error(fmt::format("no object {:X} in {:X}", tag, object.tag));
                return *found;
            },
            py::arg("tag"), "The first object of this tag inside.")
        .def("__contains__", [](const Object& object, core::Tag tag) { return child(object, tag) != nullptr; })
        .def(
            "__iter__",
            [](const Object& object) { return py::make_iterator(object.children.begin(), object.children.end()); },
            py::keep_alive<0, 1>())
        .def("__len__", [](const Object& object) { return object.children.size(); })
        .def("__bool__", [](const Object&) { return true; })
        .def("__repr__", [](const Object& object) {
            return fmt::format("<tongka.Tlv {:X}: {}>", object.tag, core::to_hex(object.value));
        });
    module.def("parse_tlv", &parse, py::arg("data"),
               "BER-TLV data objects one after the other, and those inside them (ISO/IEC 7816-4). Raises Error that\n"
               "tells the offset of the object that does not hold.");
    module.def(
        "make_tlv", [](core::Tag tag, const Input& value) { return to_python(core::make_tlv(tag, value)); },
        py::arg("tag"), py::arg("value"), "An object with the shortest length.");

    py::class_<ParsedCommand>(module, "Command", "A command APDU (ISO/IEC 7816-4, 5.1).")
        .def_readonly("cla", &ParsedCommand::cla)
        .def_readonly("ins", &ParsedCommand::ins)
        .def_readonly("p1", &ParsedCommand::p1)
        .def_readonly("p2", &ParsedCommand::p2)
        .def_property_readonly("data", [](const ParsedCommand& command) { return to_python(command.data); })
        .def_readonly("ne", &ParsedCommand::ne, "How many bytes may be answered; None without Le.")
        .def_readonly("extended", &ParsedCommand::extended)
        .def_readonly("case", &ParsedCommand::iso_case, "1 to 4, as ISO/IEC 7816-4 counts.")
        .def("__repr__", [](const ParsedCommand& command) {
            return fmt::format("<tongka.Command {:02X} {:02X} {:02X} {:02X}, {} bytes of data>", command.cla,
                               command.ins, command.p1, command.p2, command.data.size());
        });
    module.def("parse_command", &parse_command, py::arg("apdu"),
               "All four cases in short and in extended form. Raises Error for bytes that are no command.");
    module.def(
        "to_bcd",
        [](std::uint64_t number, std::size_t width) { return to_python(value_of(core::to_bcd(number, width))); },
        py::arg("number"), py::arg("width"), "A number in `width` bytes of BCD; Error where it does not fit.");
    module.def(
        "read_bcd",
        [](const Input& bytes) {
            const auto number = core::read_bcd(bytes);
            if (!number)
                throw Failure("no BCD of at most 9 bytes");
            return *number;
        },
        py::arg("data"), "The number written in up to 9 bytes of BCD; Error for other bytes.");
}

} // namespace tongka::python
