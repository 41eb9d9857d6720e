#include <array>

#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "harness/clearing/layout.hpp"
#include "harness/clearing/results.hpp"
#include "python/binding.hpp"
#include "python/python_store.hpp"

namespace py = pybind11;

namespace tongka::python {
namespace {

namespace clearing = harness::clearing;
namespace fs = std::filesystem;

std::function<void(double)> progress_of(const py::object& callback) {
    return [&callback](double done) {
        const py::gil_scoped_acquire acquired;
        if (!callback.is_none())
            callback(done);
    };
}

/// The Findings as Python's own: verdict → (count, fen), notice → count.
py::dict told(const clearing::Findings& findings, const clearing::Results& results) {
    std::map<std::string, std::pair<std::uint64_t, std::uint64_t>> verdicts;
    for (const auto& [key, amount] : findings.totals) {
        auto& sum = verdicts[std::string(clearing::info(std::get<2>(key)).name)];
        sum.first += amount.count;
        sum.second += amount.sum;
    }
    if (findings.bad_lines > 0)
        verdicts[std::string(clearing::info(clearing::Verdict::bad_line).name)].first = findings.bad_lines;
    std::map<std::string, std::uint64_t> notices;
    for (const auto& one : clearing::notices())
        if (const auto found = findings.notices.find(one.notice); found != findings.notices.end())
            notices[std::string(one.name)] = found->second;
    py::dict all;
    all["records"] = findings.records;
    all["accepted"] = results.accepted;
    all["set_aside"] = results.set_aside;
    all["file_faults"] = results.file_faults;
    all["verdicts"] = verdicts;
    all["notices"] = notices;
    return all;
}

py::dict check(const std::vector<fs::path>& files, PythonStore& keys, const fs::path& layouts, const std::string& name,
               const fs::path& out, const Input& last_day, const fs::path& temp, unsigned jobs,
               const py::object& progress) {
    auto& store = keys.get();
    const auto day = exactly<4>(last_day, "a day YYYYMMDD");
    clearing::Results results;
    std::optional<clearing::Findings> findings;
    {
        const auto tell = progress_of(progress);
        const py::gil_scoped_release released;
        const auto all = value_of(clearing::load_layouts(layouts));
        const auto* layout =
            name.empty() ? clearing::guess_layout(all, files.front()) : value_of(clearing::find_layout(all, name));
        if (layout == nullptr)
            throw Failure(files.front().string() + ": the name does not tell the layout: give `layout`");
        const auto tac_keys = value_of(clearing::TacKeys::take(store));
        clearing::CheckSetup setup{.terms = {}, .temp = temp, .jobs = jobs, .progress = tell};
        setup.terms.keys = tac_keys.get();
        setup.terms.latest = {day[0], day[1], day[2], day[3], 0x23, 0x59, 0x59};
        findings = value_of(clearing::check(files, *layout, setup));
        fs::create_directories(out);
        results = value_of(clearing::write_results(files, *layout, *findings, out, jobs));
    }
    return told(*findings, results);
}

} // namespace

void bind_settle(py::module_& module) {
    module.def("settle_files", &check, py::arg("files"), py::arg("keys"), py::arg("layouts"), py::arg("layout"),
               py::arg("out"), py::arg("last_day"), py::arg("temp"), py::arg("jobs"), py::arg("progress"));
}

} // namespace tongka::python
