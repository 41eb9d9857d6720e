#include "python/binding.hpp"

namespace py = pybind11;
using namespace tongka::python;

PYBIND11_MODULE(_tongka, module) {
    module.doc() = "What the package tongka is made of.";
    module.attr("built_from") = TONGKA_BUILT_FROM;
    static py::exception<Failure> error(module, "Error", PyExc_RuntimeError);
    static py::exception<DeviceFailure> device_error(module, "DeviceError", error.ptr());
    // The one registered last is asked first; Failure would take its heirs too.
    py::register_exception_translator([](std::exception_ptr thrown) {
        try {
            if (thrown)
                std::rethrow_exception(thrown);
        } catch (const DeviceFailure& failure) {
            device_error(failure.what());
        } catch (const Failure& failure) {
            error(failure.what());
        }
    });
    error.attr("__doc__") = "Something could not be done; the message is one line, its place first.";
    device_error.attr("__doc__") = "A device cannot be reached, or an answer was lost.";
    bind_crypto(module);
    bind_tlv(module);
    bind_decode(module);
    bind_profile(module);
    bind_device(module);
    bind_keys(module);
    bind_terminal(module);
    bind_settle(module);
    bind_suite(module);
    bind_record(module);
    bind_case(module);
    bind_run(module);
}
