#include <pybind11/stl.h>

#include "core/profile/profile.hpp"
#include "harness/device/deviations.hpp"
#include "harness/device/open.hpp"
#include "python/binding.hpp"
#include "python/open_device.hpp"
#include "simulator/issuer/card_issuer.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

using harness::Role;

Role role_of(const std::string& wanted) {
    for (const Role role : harness::device_roles)
        if (wanted == name(role))
            return role;
    throw py::value_error("'" + wanted + "' is no role of a device: known are card, psam, isam");
}

std::shared_ptr<OpenDevice> open(const std::string& spec, const std::string& role, const core::Profile& profile,
                                 std::uint64_t seed, const std::string& deviation, const std::string& state) {
    const Role of = role_of(role);
    const py::gil_scoped_release released;
    if (!deviation.empty())
        (void)value_of(harness::role_of_deviation(deviation));
    return std::make_shared<OpenDevice>(
        answer_of(harness::open_device(spec, of, profile,
                                       {.seed = seed, .deviation = deviation, .state = state, .files = {}, .lab = {}})),
        of);
}

py::bytes send(OpenDevice& device, const Input& command, OpenDevice::How how) {
    core::Result<core::Bytes> answer = core::Bytes{};
    {
        const py::gil_scoped_release released;
        answer = device.send(command, how);
    }
    return to_python(answer_of(std::move(answer)));
}

py::bytes reset(OpenDevice& device) {
    core::Result<core::Bytes> answer = core::Bytes{};
    {
        const py::gil_scoped_release released;
        answer = device.with_device([](harness::Device& one) -> core::Result<core::Bytes> {
            TONGKA_CHECK(one.reset());
            return one.answer_to_reset();
        });
    }
    return to_python(answer_of(std::move(answer)));
}

harness::Identity identity_of(OpenDevice& device) {
    return answer_of(
        device.with_device([](harness::Device& one) { return core::Result<harness::Identity>(one.identity()); }));
}

void tear(OpenDevice& device, std::optional<unsigned> write, bool after) {
    const py::gil_scoped_release released;
    answer_of(device.with_device([&](harness::Device& one) {
        return one.tear(write ? std::optional(harness::Tear{.write = *write, .after = after}) : std::nullopt);
    }));
}

void issue_card(OpenDevice& device, const core::Profile& profile) {
    const py::gil_scoped_release released;
    value_of(simulator::issue_card([&](core::BytesView command) { return device.send(command, OpenDevice::How::apdu); },
                                   profile));
}

} // namespace

void bind_device(py::module_& module) {
    py::class_<OpenDevice, std::shared_ptr<OpenDevice>>(
        module, "Device", "A card, a PSAM or an ISAM, open until close(). Threads may share it.")
        .def(py::init(&open), py::arg("spec"), py::arg("role"), py::arg("profile"), py::arg("seed") = 1,
             py::arg("deviation") = "", py::arg("state") = "")
        .def(
            "transmit",
            [](OpenDevice& device, const Input& command) { return send(device, command, OpenDevice::How::raw); },
            py::arg("command"),
            "Sends one command as the transport carries it (contactless: an APDU; T=0: a TPDU) and returns the answer\n"
            "with its status word, at least two bytes. Raises DeviceError when the answer is lost.")
        .def(
            "apdu",
            [](OpenDevice& device, const Input& command) { return send(device, command, OpenDevice::How::apdu); },
            py::arg("command"),
            "Sends one APDU and returns the whole answer with its status word. On T=0 the Le of case 4 is dropped,\n"
            "61xx is followed by GET RESPONSE and 6Cxx by the right Le. Raises DeviceError when the answer is lost.")
        .def("reset", &reset, "Resets the device and returns its answer to reset.")
        .def("tear", &tear, py::arg("write"), py::arg("after") = false,
             "Takes the power away at the write-th write to memory (from 1) of the next command, before it or `after`\n"
             "it: that command's answer is lost (DeviceError), and the device is dead until reset(). None: not after\n"
             "all. Raises DeviceError for a device that cannot be torn.")
        .def_property_readonly(
            "can_be_torn",
            [](OpenDevice& device) {
                return answer_of(
                    device.with_device([](harness::Device& one) { return core::Result<bool>(one.can_be_torn()); }));
            },
            "Whether tear() can be asked for.")
        .def_property_readonly(
            "reason",
            [](OpenDevice& device) {
                return answer_of(device.with_device(
                    [](harness::Device& one) { return core::Result<std::string>(std::string(one.last_reason())); }));
            },
            "Why a simulated device refused the last command; empty where it did not, and for other devices.")
        .def("close", &OpenDevice::close, py::call_guard<py::gil_scoped_release>(),
             "Lets the device go; every later call raises DeviceError.")
        .def_property_readonly("closed", &OpenDevice::is_closed)
        .def_property_readonly("spec", &OpenDevice::spec, "As it was named: `sim:card`, `pcsc:…`.")
        .def_property_readonly("role", [](const OpenDevice& device) { return std::string(name(device.role())); })
        .def_property_readonly(
            "protocol",
            [](OpenDevice& device) {
                return identity_of(device).protocol == harness::Protocol::t0 ? "T=0" : "T=1/T=CL";
            },
            "`T=0`, or `T=1/T=CL` where commands are APDUs.")
        .def_property_readonly(
            "reader", [](OpenDevice& device) { return identity_of(device).reader; },
            "The reader's name; empty for a simulated device.")
        .def_property_readonly(
            "atr", [](OpenDevice& device) { return to_python(identity_of(device).answer_to_reset); },
            "The answer to reset, as it was when the device was opened.")
        .def_property_readonly(
            "uid", [](OpenDevice& device) { return to_python(identity_of(device).uid); },
            "UID of a contactless card, where the reader gives it; else empty.")
        .def_property_readonly(
            "number", [](OpenDevice& device) { return to_python(identity_of(device).number); },
            "ASN of a user card (8 bytes), serial of a PSAM (10), or nothing where it cannot be read.")
        .def("keep", &OpenDevice::keep, py::arg("count"),
             "Keeps the last `count` exchanges from now on, for `exchanges`; 0 keeps none, as at first.")
        .def_property_readonly(
            "exchanges",
            [](OpenDevice& device) {
                const auto kept = device.kept();
                return std::vector<reports::Exchange>(kept.begin(), kept.end());
            },
            "The exchanges that were kept, oldest first; PINs and keys in them are hidden.")
        .def("__repr__", [](OpenDevice& device) {
            return "<tongka " + std::string(name(device.role())) + " " + device.spec() +
                   (device.is_closed() ? ", closed>" : ">");
        });
    module.def(
        "issue_card", &issue_card, py::arg("device"), py::arg("profile"),
        "Personalises a blank card (`sim:blank`) as the profile says, by APDUs (standards.md 3.5). Raises Error\n"
        "that tells the command refused.");
    module.def(
        "measure_transmit",
        [](OpenDevice& device, const Input& command, std::size_t count) {
            const py::gil_scoped_release released;
            const auto began = std::chrono::steady_clock::now();
            for (std::size_t i = 0; i < count; ++i)
                (void)answer_of(device.with_device([&](harness::Device& one) { return one.transmit(command); }));
            return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
        },
        py::arg("device"), py::arg("command"), py::arg("count"),
        "Seconds that so many exchanges take without Python between them (python/benchmarks/measure.py).");
    module.def(
        "deviations",
        [] {
            py::list all;
            for (const auto& one : harness::deviation_names())
                all.append(py::make_tuple(std::string(one.device), std::string(one.name), std::string(one.title.en)));
            return all;
        },
        "The faults that simulated devices can be given: (role, name, title).");
}

} // namespace tongka::python
