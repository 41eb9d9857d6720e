#include <pybind11/pybind11.h>

#include "harness/device/open.hpp"

namespace py = pybind11;

namespace {

using tongka::core::Bytes;
using tongka::core::BytesView;
using tongka::harness::Device;
using tongka::harness::Role;

/// The value of a result; its Error as a Python exception.
template <typename T>
T value_of(tongka::core::Result<T> result) {
    if (!result)
        throw std::runtime_error(result.error().message);
    return *std::move(result);
}

py::bytes to_python(const Bytes& bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::unique_ptr<Device> connect(const std::string& spec, const std::string& profile_path, std::uint64_t seed) {
    const auto profile = value_of(tongka::core::load_profile(
        profile_path.empty() ? std::string(TONGKA_PROFILES "/city-union.yaml") : profile_path));
    const Role role = spec == "sim:psam" ? Role::psam : spec == "sim:isam" ? Role::isam : Role::card;
    return value_of(tongka::harness::open_device(spec, role, profile, {.seed = seed, .deviation = {}}));
}

py::bytes transmit(Device& device, const py::bytes& command) {
    const auto text = static_cast<std::string_view>(command);
    const BytesView bytes{reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
    tongka::core::Result<Bytes> answer = Bytes{};
    {
        py::gil_scoped_release released;
        answer = device.transmit(bytes);
    }
    return to_python(value_of(std::move(answer)));
}

} // namespace

PYBIND11_MODULE(_tongka, module) {
    module.doc() = "Cards and PSAMs of China's city union cards, simulated or in a PC/SC reader.";
    py::class_<Device>(module, "Device", "A card or PSAM.")
        .def(
            "transmit", &transmit, py::arg("command"),
            "Sends one command as the transport carries it (contactless: an APDU; T=0: a TPDU) and returns the answer\n"
            "with its status word, at least two bytes. Raises RuntimeError when the answer is lost.")
        .def(
            "reset",
            [](Device& device) {
                if (auto done = device.reset(); !done)
                    throw std::runtime_error(done.error().message);
                return to_python(value_of(device.answer_to_reset()));
            },
            "Resets the device and returns its answer to reset.")
        .def_property_readonly(
            "number", [](const Device& device) { return to_python(device.identity().number); },
            "ASN of a user card (8 bytes), serial of a PSAM (10), or nothing where it cannot be read.")
        .def("__repr__", [](const Device& device) { return "<tongka.Device " + device.identity().spec + ">"; });
    module.def(
        "connect", &connect, py::arg("spec"), py::arg("profile") = "", py::arg("seed") = 1,
        "Opens `sim:card`, `sim:psam`, `sim:isam`, `pcsc:NAME`, `pcsc:atr=HEX` or `pcsc:asn=HEX`.\n\n"
        "`profile` is the path of a profile (default: city-union); `seed` sets the random numbers of a simulated\n"
        "device. Raises RuntimeError with one line that says what is wrong.");
}
