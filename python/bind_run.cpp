#include <fmt/format.h>
#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "cli/resume.hpp"
#include "core/crypto/sha256.hpp"
#include "core/document/source.hpp"
#include "core/hex.hpp"
#include "harness/device/deviations.hpp"
#include "harness/device/open_actor.hpp"
#include "harness/plan/inspections.hpp"
#include "harness/run/preflight.hpp"
#include "python/binding.hpp"
#include "python/open_device.hpp"
#include "python/python_case.hpp"
#include "python/python_operator.hpp"
#include "python/python_store.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

namespace fs = std::filesystem;
using core::document::Node;
using harness::Case;
using harness::LoadedSuite;
using harness::Role;

/// What Python gives for a run; the fields are those of tongka.run().
struct Request {
    std::shared_ptr<PythonSuite> suite;
    std::shared_ptr<core::Profile> profile;
    std::shared_ptr<harness::Declaration> declaration;
    std::map<std::string, std::shared_ptr<OpenDevice>> devices;
    std::map<std::string, std::string> actors;
    std::vector<py::dict> cases;
    bool with_suite = true;
    std::vector<std::string> selection;
    fs::path record;
    std::uint64_t seed = 1;
    std::string deviation;
    bool destructive = false;
    fs::path layouts;
    std::string layout;
    std::shared_ptr<PythonStore> keys;
    bool inspections = false;
    py::object person; ///< who does manual steps; None for nobody
    bool resume = false;
    py::object progress;
};

/// Calls `run(hands, part)` of Python. The interpreter stops a run by an exception of its own (KeyboardInterrupt),
/// which goes on its way; every other has become a reason before it comes here.
harness::Program program_of(const py::object& run,
                            const std::map<std::string, harness::Procedure, std::less<>>& procedures) {
    // The last copy may go while other threads run Python.
    const std::shared_ptr<py::object> kept(new py::object(run), [](py::object* one) {
        const py::gil_scoped_acquire acquired;
        delete one;
    });
    return [kept, &procedures](harness::Hands& hands, harness::ProgramPart part) {
        constexpr const char* names[] = {"setup", "steps", "cleanup"};
        const py::gil_scoped_acquire acquired;
        const auto own = std::make_shared<PythonHands>(PythonHands{&hands, &procedures});
        const auto over = [&] { own->hands = nullptr; };
        try {
            (*kept)(own, names[static_cast<std::size_t>(part)]);
        } catch (...) {
            over();
            throw;
        }
        over();
    };
}

Case case_of(const py::dict& told, const LoadedSuite& suite) {
    const auto text = [&](const char* name) { return py::cast<std::string>(told[name]); };
    Case made{.id = text("id"), .standard = text("standard"), .place = text("place"), .covers = {}};
    made.title = {text("title_zh"), text("title_en")};
    made.covers = py::cast<std::vector<std::string>>(told["covers"]);
    for (const auto& role : py::cast<std::vector<std::string>>(told["devices"]))
        made.devices.push_back(role_named(role));
    for (const auto& role : py::cast<std::vector<std::string>>(told["tears"]))
        made.needs.torn.push_back(role_named(role));
    for (const auto& [kind, count] : py::cast<std::map<std::string, unsigned>>(told["spends"]))
        made.spends.emplace(kind, count);
    made.destructive = harness::Words::of_one(text("destructive"));
    if (const auto applies = text("applies"); !applies.empty()) {
        Node node(Node::Kind::text, std::make_shared<core::document::Source>(made.place, applies), 0);
        node.text = applies;
        made.applies = value_of(harness::parse_condition(node, "applies"));
    }
    made.program = program_of(told["run"], suite.suite.procedures);
    return made;
}

/// The suite with the cases in Python and with inspections; those of YAML are copied with it where they are wanted. It
/// points into `of`.
LoadedSuite with_cases(const LoadedSuite& of, const Request& request) {
    LoadedSuite whole{{}, of.catalogue, {}, of.folder};
    if (request.with_suite)
        whole.suite.cases = of.suite.cases;
    whole.suite.procedures = of.suite.procedures;
    std::string hashed = of.sha256;
    for (const auto& one : request.cases) {
        whole.suite.cases.push_back(case_of(one, of));
        hashed += py::cast<std::string>(one["source"]);
    }
    if (!request.cases.empty())
        whole.sha256 = core::to_hex(core::sha256({reinterpret_cast<const core::Byte*>(hashed.data()), hashed.size()}));
    else
        whole.sha256 = of.sha256;
    if (request.inspections)
        harness::add_inspections(whole.suite, whole.catalogue);
    return whole;
}

harness::FileOptions files_of(const Request& request) {
    harness::FileOptions files{.layouts = request.layouts, .layout = request.layout};
    if (request.keys)
        files.keys = {request.keys, &request.keys->get()};
    return files;
}

harness::Devices devices_of(const Request& request) {
    harness::Devices devices;
    for (const auto& [name, device] : request.devices) {
        const Role role = role_named(name);
        if (device->role() != role)
            throw Failure(fmt::format("{} cannot stand for the {}", device->spec(), name));
        (role == Role::card ? devices.card : role == Role::psam ? devices.psam : devices.isam) = lend(device);
    }
    for (const auto& [name, spec] : request.actors) {
        const Role role = role_named(name);
        const bool concerned =
            !request.deviation.empty() && value_of(harness::role_of_deviation(request.deviation)) == role;
        devices.give(role, value_of(harness::open_actor(spec, role, *request.profile,
                                                        {.seed = request.seed,
                                                         .deviation = concerned ? request.deviation : std::string(),
                                                         .state = {},
                                                         .files = files_of(request),
                                                         .lab = {}})));
    }
    return devices;
}

/// Between cases Python has its say: what it is told, and a Ctrl-C.
auto progress_of(const py::object& callback) {
    return [&callback](std::size_t done, std::size_t all, const Case& test_case, const harness::CaseResult& result) {
        const py::gil_scoped_acquire acquired;
        if (PyErr_CheckSignals() != 0)
            throw py::error_already_set();
        if (!callback.is_none())
            callback(done, all, test_case.id,
                     result.observation ? std::string("observation") : std::string(name(result.verdict)));
    };
}

/// Returns why the run stopped; empty where it came to its end.
std::string run(const Request& request) {
    std::optional<LoadedSuite> whole;
    if (!request.cases.empty() || request.inspections)
        whole = with_cases(request.suite->loaded, request);
    const LoadedSuite& suite = whole ? *whole : request.suite->loaded;
    const auto progress = progress_of(request.progress);
    const py::gil_scoped_release released;
    const auto devices = devices_of(request);
    auto plan = value_of(harness::make_plan(suite.suite, suite.catalogue, *request.declaration, request.profile->rules,
                                            request.selection, devices.given()));
    if (std::ranges::all_of(plan, [](const auto& one) { return one.status == harness::PlannedCase::Status::left_out; }))
        throw Failure("nothing to run: all cases selected need devices that were not given");
    const core::SystemClock clock;
    for (const auto& finding : harness::preflight(devices, *request.profile, clock))
        if (!finding.well)
            throw DeviceFailure(fmt::format("{}: {}", finding.subject.en, finding.text));
    std::optional<cli::CutOff> cut_off;
    if (request.resume) {
        cut_off = value_of(cli::read_cut_off(request.record));
        if (!cut_off)
            throw Failure(
                fmt::format("{}: the run came to its end; there is nothing to go on with", request.record.string()));
    }
    auto record = value_of(cut_off ? harness::RecordWriter::go_on(request.record, cut_off->end)
                                   : harness::RecordWriter::create(request.record));
    PythonOperator person(request.person);
    return value_of(harness::run(std::move(plan),
                                 {.suite = suite,
                                  .profile = *request.profile,
                                  .declaration = *request.declaration,
                                  .devices = devices,
                                  .clock = clock,
                                  .seed = request.seed,
                                  .deviation = request.deviation,
                                  .selection = request.selection,
                                  .clause_map = request.suite->clause_map,
                                  .may_destroy = request.destructive,
                                  .attendant = {request.person.is_none() ? nullptr : &person,
                                                request.record.parent_path() / "attachments"},
                                  .resumed = cut_off ? &cut_off->resumption : nullptr,
                                  .progress = progress},
                                 record))
        .stopped;
}

} // namespace

void bind_run(py::module_& module) {
    module.def(
        "run_cases",
        [](std::shared_ptr<PythonSuite> suite, std::shared_ptr<core::Profile> profile,
           std::shared_ptr<harness::Declaration> declaration,
           std::map<std::string, std::shared_ptr<OpenDevice>> devices, std::map<std::string, std::string> actors,
           std::vector<py::dict> cases, bool with_suite, std::vector<std::string> selection, fs::path record,
           std::uint64_t seed, std::string deviation, bool destructive, fs::path layouts, std::string layout,
           std::shared_ptr<PythonStore> keys, bool inspections, py::object person, bool resume, py::object progress) {
            return run({std::move(suite), std::move(profile), std::move(declaration), std::move(devices),
                        std::move(actors), std::move(cases), with_suite, std::move(selection), std::move(record), seed,
                        std::move(deviation), destructive, std::move(layouts), std::move(layout), std::move(keys),
                        inspections, std::move(person), resume, std::move(progress)});
        },
        py::arg("suite"), py::arg("profile"), py::arg("declaration"), py::arg("devices"), py::arg("actors"),
        py::arg("cases"), py::arg("with_suite"), py::arg("selection"), py::arg("record"), py::arg("seed"),
        py::arg("deviation"), py::arg("destructive"), py::arg("layouts"), py::arg("layout"), py::arg("keys"),
        py::arg("inspections"), py::arg("operator"), py::arg("resume"), py::arg("progress"));
}

} // namespace tongka::python
