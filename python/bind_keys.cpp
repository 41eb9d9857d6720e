#include <fmt/format.h>
#include <pybind11/stl.h>

#include "core/hex.hpp"
#include "core/keys/open_store.hpp"
#include "core/profile/profile.hpp"
#include "python/binding.hpp"
#include "python/python_key.hpp"
#include "python/python_store.hpp"
#include "simulator/issuer/key_system.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

using core::KeyRecord;
using core::Profile;

std::shared_ptr<PythonStore> open(const std::string& where, const Input& pass) {
    auto store = std::make_shared<PythonStore>();
    const core::PassPhrase phrase(pass.bytes.begin(), pass.bytes.end());
    const py::gil_scoped_release released;
    store->store = value_of(core::open_key_store(where, phrase, store->random));
    return store;
}

PythonKey diversify(PythonStore& self, const std::string& name, const py::args& given) {
    std::vector<std::array<core::Byte, 8>> factors;
    for (const auto& factor : given)
        factors.push_back(exactly<8>(py::cast<Input>(factor), "a factor"));
    const auto key = value_of(core::parse_key_name(name));
    return PythonKey(value_of(self.get().diversify(key, factors)));
}

/// Which keys of the store a copy of the profile takes.
std::shared_ptr<Profile> with_keys(const Profile& profile, PythonStore& self, const std::string& role) {
    auto made = std::make_shared<Profile>(profile);
    auto& store = self.get();
    const py::gil_scoped_release released;
    if (role == "card")
        value_of(simulator::give_card_keys(*made, store));
    else if (role == "psam")
        value_of(simulator::give_psam_keys(*made, store, profile.card.city));
    else if (role == "isam")
        value_of(simulator::give_isam_keys(*made, store));
    else
        throw py::value_error("'" + role + "' is no role of a device: known are card, psam, isam");
    return made;
}

} // namespace

core::KeyStore& PythonStore::get() {
    if (!store)
        throw Failure("the key store was closed");
    return *store;
}

void bind_keys(py::module_& module) {
    py::class_<KeyRecord>(module, "KeyRecord", "What is known of a key to whoever may not know the key.")
        .def_property_readonly(
            "name", [](const KeyRecord& one) { return core::to_text(one.name); }, "`DPK.01/01`")
        .def_property_readonly("algorithm", [](const KeyRecord& one) { return std::string(core::name(one.algorithm)); })
        .def_property_readonly(
            "state", [](const KeyRecord& one) { return std::string(core::name(one.state)); },
            "prepared, current, retiring, destroyed")
        .def_property_readonly(
            "check_value", [](const KeyRecord& one) { return to_python(one.check_value); },
            "4 bytes that tell keys apart without telling them.")
        .def_readonly("made", &KeyRecord::made, "YYYY-MM-DD")
        .def("__repr__", [](const KeyRecord& one) {
            return fmt::format("<tongka.KeyRecord {} {}, {}>", core::to_text(one.name), core::name(one.algorithm),
                               core::name(one.state));
        });
    py::class_<PythonStore, std::shared_ptr<PythonStore>>(
        module, "KeyStore", "The keys of one owner, in an encrypted file or a token (docs/keys.md).")
        .def(py::init(&open), py::arg("where"), py::arg("pass_phrase"),
             "`where` is a file or a pkcs11: URI, whose PIN is then the pass phrase. Raises Error for a wrong one.")
        .def_property_readonly(
            "owner", [](PythonStore& self) { return core::to_text(self.get().owner()); },
            "`CN`, or the city's four digits.")
        .def_property_readonly("records", [](PythonStore& self) { return self.get().records(); })
        .def(
            "diversify", &diversify,
            "diversify(\"DPK.01/01\", city_factor, asn): the key one level below for each factor of 8 bytes, at least\n"
            "one; only the result leaves the store.")
        .def("close", [](PythonStore& self) { self.store.reset(); })
        .def("__enter__", [](const py::object& self) { return self; })
        .def("__exit__", [](PythonStore& self, const py::args&) { self.store.reset(); })
        .def("__repr__", [](PythonStore& self) {
            return self.store ? fmt::format("<tongka.KeyStore of {}, {} keys>", core::to_text(self.store->owner()),
                                            self.store->records().size())
                              : std::string("<tongka.KeyStore, closed>");
        });
    module.def("profile_with_keys", &with_keys, py::arg("profile"), py::arg("store"), py::arg("role"),
               "A copy of the profile whose card, psam or isam has the keys of a key system in place of its own\n"
               "(docs/keys.md); layout, numbers and rules stay.");
}

} // namespace tongka::python
