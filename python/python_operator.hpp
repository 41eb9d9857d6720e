#pragma once

#include <pybind11/pybind11.h>

#include "harness/run/operator.hpp"

namespace tongka::python {

/// Asks a callable of Python: `(case id, question) -> tongka.OperatorAnswer | None`. Whatever it raises ends the run
/// and goes on to who began it.
class PythonOperator final : public harness::Operator {
public:
    /// `callable` must live as long as this; it may be None as long as nobody asks.
    explicit PythonOperator(const pybind11::object& callable) : callable_(callable) {}
    core::Result<std::optional<harness::Answer>> ask(const harness::Case& test_case,
                                                     const harness::Words& question) override;

private:
    const pybind11::object& callable_;
};

} // namespace tongka::python
