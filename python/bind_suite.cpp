#include <fstream>

#include <fmt/format.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "core/crypto/sha256.hpp"
#include "core/hex.hpp"
#include "harness/language/loader.hpp"
#include "harness/plan/plan.hpp"
#include "harness/plan/proforma.hpp"
#include "python/binding.hpp"
#include "python/python_suite.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

namespace fs = std::filesystem;
using harness::Declaration;
using harness::LoadedSuite;
using harness::Requirement;
using harness::Role;

core::Result<LoadedSuite> load_files(const std::vector<fs::path>& cases, const std::vector<fs::path>& procedures,
                                     const fs::path& catalogue) {
    TONGKA_TRY(auto known, harness::Catalogue::load(catalogue));
    TONGKA_TRY(auto suite, harness::load_suite(cases, procedures));
    core::Sha256 hash;
    for (const auto* files : {&cases, &procedures})
        for (const auto& path : *files) {
            std::ifstream file(path, std::ios::binary);
            const std::string text{std::istreambuf_iterator<char>(file), {}};
            hash.update(core::sha256({reinterpret_cast<const core::Byte*>(text.data()), text.size()}));
        }
    return LoadedSuite{std::move(suite), std::move(known), core::to_hex(hash.finish()), fs::path()};
}

py::dict about(const harness::Case& test_case) {
    py::list devices;
    for (const Role role : test_case.devices)
        devices.append(std::string(name(role)));
    py::dict told;
    told["id"] = test_case.id;
    told["standard"] = test_case.standard;
    told["place"] = test_case.place;
    told["title"] = reports::Words{test_case.title.zh, test_case.title.en};
    told["covers"] = test_case.covers;
    told["devices"] = devices;
    told["destructive"] = !test_case.destructive.empty();
    return told;
}

std::string_view name_of(harness::PlannedCase::Status status) {
    constexpr std::string_view names[] = {"selected", "not_applicable", "not_run", "left_out"};
    return names[static_cast<std::size_t>(status)];
}

py::list plan(const PythonSuite& suite, const Declaration& declaration, const core::Profile& profile,
              const std::vector<std::string>& selection, const std::vector<std::string>& offered) {
    std::vector<Role> roles;
    for (const auto& one : offered)
        roles.push_back(role_named(one));
    py::list planned;
    for (const auto& one : value_of(harness::make_plan(suite.loaded.suite, suite.loaded.catalogue, declaration,
                                                       profile.rules, selection, roles)))
        planned.append(py::make_tuple(one.test_case->id, std::string(name_of(one.status)),
                                      reports::Words{one.reason.zh, one.reason.en}));
    return planned;
}

} // namespace

Role role_named(const std::string& wanted) {
    for (const Role role : harness::roles)
        if (wanted == name(role))
            return role;
    throw py::value_error("'" + wanted + "' is no role");
}

void bind_suite(py::module_& module) {
    py::class_<Requirement>(module, "Requirement", "A rule of a standard, under an id that never changes.")
        .def_readonly("id", &Requirement::id)
        .def_readonly("standard", &Requirement::standard)
        .def_property_readonly("title",
                               [](const Requirement& one) {
                                   return reports::Words{one.title.zh, one.title.en};
                               })
        .def_property_readonly(
            "rule",
            [](const Requirement& one) {
                return reports::Words{one.rule.zh, one.rule.en};
            },
            "In our own words.")
        .def_readonly("level", &Requirement::level, "shall, should, may")
        .def_readonly("clause", &Requirement::clause, "Empty where it is not known.")
        .def_readonly("basis", &Requirement::basis, "The best public text.")
        .def_readonly("confidence", &Requirement::confidence, "verified, single-source, inferred")
        .def_readonly("testable", &Requirement::testable)
        .def("__repr__", [](const Requirement& one) {
            return fmt::format("<tongka.Requirement {}: {} ({})>", one.id, one.title.en, one.confidence);
        });
    py::class_<PythonSuite, std::shared_ptr<PythonSuite>>(
        module, "Suite", "Catalogue, cases and procedures, loaded and checked; may be used for many runs.")
        .def(py::init([](const fs::path& folder) {
                 const py::gil_scoped_release released;
                 return std::make_shared<PythonSuite>(PythonSuite{value_of(LoadedSuite::load(folder))});
             }),
             py::arg("folder"), "The folder that holds catalogue, cases and procedures.")
        .def_static(
            "of_files",
            [](const std::vector<fs::path>& cases, const std::vector<fs::path>& procedures, const fs::path& catalogue) {
                const py::gil_scoped_release released;
                return std::make_shared<PythonSuite>(PythonSuite{value_of(load_files(cases, procedures, catalogue))});
            },
            py::arg("cases"), py::arg("procedures"), py::arg("catalogue"),
            "Chosen files of cases, with the procedures they call and a folder of catalogues.")
        .def(
            "apply_clause_map",
            [](PythonSuite& suite, const fs::path& path) {
                value_of(suite.loaded.catalogue.apply_clause_map(path));
                suite.clause_map = path.filename().string();
            },
            py::arg("path"),
            "Takes clauses from a file of whoever owns the texts (requirement: clause); reports then print them.")
        .def_property_readonly("requirements",
                               [](const PythonSuite& suite) { return suite.loaded.catalogue.requirements(); })
        .def(
            "requirement",
            [](const PythonSuite& suite, const std::string& id) {
                const auto* found = suite.loaded.catalogue.find(id);
                if (!found)
                    throw py::key_error(suite.loaded.catalogue.unknown(id));
                return *found;
            },
            py::arg("id"), "KeyError, with the nearest id, for one that is not there.")
        .def_property_readonly("case_list",
                               [](const PythonSuite& suite) {
                                   py::list all;
                                   for (const auto& one : suite.loaded.suite.cases)
                                       all.append(about(one));
                                   return all;
                               })
        .def_property_readonly(
            "procedures",
            [](const PythonSuite& suite) {
                std::map<std::string, std::vector<std::string>> all;
                for (const auto& [name, procedure] : suite.loaded.suite.procedures)
                    for (auto& params = all[name]; const auto& slot : procedure.params)
                        params.push_back(slot.name());
                return all;
            },
            "The procedures that cases can call, with the names of their parameters.")
        .def_property_readonly("sha256", [](const PythonSuite& suite) { return suite.loaded.sha256; })
        .def("__len__", [](const PythonSuite& suite) { return suite.loaded.suite.cases.size(); })
        .def("__repr__", [](const PythonSuite& suite) {
            return fmt::format("<tongka.Suite {} cases, {} requirements>", suite.loaded.suite.cases.size(),
                               suite.loaded.catalogue.requirements().size());
        });
    py::class_<Declaration, std::shared_ptr<Declaration>>(
        module, "Declaration", "What is declared of the devices (ICS), and the values that cases need (IXIT).")
        .def(py::init([](const fs::path& path, const fs::path& proformas) {
                 return std::make_shared<Declaration>(
                     value_of(Declaration::load(path, value_of(harness::Proformas::load(proformas)))));
             }),
             py::arg("path"), py::arg("proformas"))
        .def_property_readonly(
            "claims",
            [](const Declaration& one) { return std::map<std::string, bool>(one.claims.begin(), one.claims.end()); })
        .def_property_readonly("value_names",
                               [](const Declaration& one) {
                                   std::vector<std::string> names;
                                   for (const auto& [name, value] : one.values)
                                       names.push_back(name);
                                   return names;
                               })
        .def("__repr__", [](const Declaration& one) {
            return fmt::format("<tongka.Declaration {} claims, {} values>", one.claims.size(), one.values.size());
        });
    module.def("make_plan", &plan, py::arg("suite"), py::arg("declaration"), py::arg("profile"), py::arg("selection"),
               py::arg("roles"));
}

} // namespace tongka::python
