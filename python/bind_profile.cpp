#include <fmt/format.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "core/hex.hpp"
#include "core/profile/keys.hpp"
#include "core/profile/profile.hpp"
#include "python/binding.hpp"
#include "python/python_key.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

using core::Profile;

PythonKey key_of(const std::vector<core::NamedKey>& keys, std::string_view where, const std::string& kind,
                 core::Byte index) {
    const auto* found = core::find_key(keys, kind, index);
    if (!found)
        throw py::key_error(fmt::format("the profile has no key {}.{:02X} of the {}", kind, index, where));
    return PythonKey(found->key);
}

const core::IsamProfile& isam_of(const Profile& profile) {
    if (!profile.isam)
        throw Failure("the profile has no ISAM");
    return *profile.isam;
}

py::dict rules_of(const Profile& profile) {
    py::dict rules;
    for (const auto& info : core::rule_table())
        rules[py::str(info.name.data(), info.name.size())] = std::string(profile.rules.value(info.rule));
    return rules;
}

} // namespace

void bind_profile(py::module_& module) {
    py::class_<Profile, std::shared_ptr<Profile>>(
        module, "Profile", "Layout, keys and rules of the devices under test or of the simulated ones.")
        .def(py::init([](const std::filesystem::path& path) {
                 return std::make_shared<Profile>(value_of(core::load_profile(path)));
             }),
             py::arg("path"))
        .def_static(
            "parse",
            [](const std::string& text, const std::string& name) {
                return std::make_shared<Profile>(value_of(core::parse_profile(text, name)));
            },
            py::arg("text"), py::arg("name") = "profile", "A profile from YAML; `name` stands for the file in errors.")
        .def_readonly("name", &Profile::name)
        .def_property_readonly(
            "asn", [](const Profile& profile) { return to_python(profile.card.asn); },
            "The card's application serial number, 8 bytes.")
        .def_property_readonly(
            "city", [](const Profile& profile) { return to_python(profile.card.city); }, "2 bytes of BCD.")
        .def_property_readonly(
            "city_factor",
            [](const Profile& profile) { return to_python(core::city_factor(profile.card.city, profile.rules)); },
            "The 8 bytes that keys of the city are derived with (standards.md 5.1).")
        .def_property_readonly(
            "pin", [](const Profile& profile) { return to_python(profile.card.pin); }, "As VERIFY sends it.")
        .def_property_readonly(
            "terminal", [](const Profile& profile) { return to_python(profile.psam.terminal); },
            "The PSAM's terminal number, 6 bytes.")
        .def_property_readonly(
            "psam_serial", [](const Profile& profile) { return to_python(profile.psam.serial); }, "10 bytes.")
        .def_property_readonly("has_isam", [](const Profile& profile) { return profile.isam.has_value(); })
        .def_property_readonly("rules", &rules_of, "The choice in force of every rule, by name (docs/profiles.md).")
        .def_property_readonly(
            "sha256", [](const Profile& profile) { return core::to_hex(profile.digest); }, "Of its file, in hex.")
        .def(
            "key",
            [](const Profile& profile, const std::string& kind, core::Byte index) {
                return key_of(profile.card.keys, "card", kind, index);
            },
            py::arg("kind"), py::arg("index") = 0,
            "The card's own key, derived where the profile gives a master: key(\"DPK\", 1). KeyError for one it has "
            "not.")
        .def(
            "psam_key",
            [](const Profile& profile, const std::string& kind, core::Byte index) {
                return key_of(profile.psam.keys, "PSAM", kind, index);
            },
            py::arg("kind"), py::arg("index") = 0, "The PSAM's own key, or a master that it holds.")
        .def(
            "isam_key",
            [](const Profile& profile, const std::string& kind, core::Byte index) {
                return key_of(isam_of(profile).keys, "ISAM", kind, index);
            },
            py::arg("kind"), py::arg("index") = 0, "The ISAM's own key, or a master that it holds.")
        .def("__repr__", [](const Profile& profile) {
            return fmt::format("<tongka.Profile {}, card {}>", profile.name, core::to_hex(profile.card.asn));
        });
}

} // namespace tongka::python
