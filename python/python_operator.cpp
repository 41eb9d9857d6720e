#include "python/python_operator.hpp"

#include <pybind11/stl.h>
#include <pybind11/stl/filesystem.h>

#include "python/binding.hpp"
#include "reports/words.hpp"

namespace py = pybind11;

namespace tongka::python {

core::Result<std::optional<harness::Answer>> PythonOperator::ask(const harness::Case& test_case,
                                                                 const harness::Words& question) {
    const py::gil_scoped_acquire acquired;
    const py::object said = callable_(test_case.id, reports::Words{question.zh, question.en});
    if (said.is_none())
        return std::nullopt;
    return harness::Answer{.yes = py::cast<bool>(said.attr("yes")),
                           .by = py::cast<std::string>(said.attr("by")),
                           .remark = py::cast<std::string>(said.attr("remark")),
                           .attachments =
                               py::cast<std::vector<std::filesystem::path>>(py::list(said.attr("attachments")))};
}

} // namespace tongka::python
