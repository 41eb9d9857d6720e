#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include <pybind11/pybind11.h>

#include "core/bytes.hpp"
#include "core/result.hpp"

/// What the bindings of all areas share.
namespace tongka::python {

/// An Error on its way to Python, where it is tongka.Error.
class Failure : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

/// A device that cannot be reached, or an answer that was lost: tongka.DeviceError.
class DeviceFailure : public Failure {
public:
    using Failure::Failure;
};

/// The value of a result; its Error as an exception.
template <typename T>
T value_of(core::Result<T> result) {
    if (!result)
        throw Failure(result.error().message);
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

/// As value_of, for what a device does.
template <typename T>
T answer_of(core::Result<T> result) {
    if (!result)
        throw DeviceFailure(result.error().message);
    if constexpr (!std::is_void_v<T>)
        return *std::move(result);
}

[[nodiscard]] inline pybind11::bytes to_python(core::BytesView bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

/// An argument that is bytes or bytes-like: bytes are seen where they stand, others (bytearray, memoryview) are copied.
struct Input {
    core::BytesView bytes;
    core::Bytes copy;

    operator core::BytesView() const { return bytes; }
};

/// The argument as a fixed number of bytes; ValueError, which names it by `what`, for another.
template <std::size_t size>
[[nodiscard]] std::array<core::Byte, size> exactly(const Input& input, std::string_view what) {
    if (input.bytes.size() != size)
        throw pybind11::value_error(std::string(what) + " has " + std::to_string(input.bytes.size()) + " bytes, not " +
                                    std::to_string(size));
    std::array<core::Byte, size> bytes{};
    std::ranges::copy(input.bytes, bytes.begin());
    return bytes;
}

// One for each area; module.cpp calls them in this order.
void bind_crypto(pybind11::module_& module);
void bind_tlv(pybind11::module_& module);
void bind_decode(pybind11::module_& module);
void bind_profile(pybind11::module_& module);
void bind_device(pybind11::module_& module);
void bind_keys(pybind11::module_& module);
void bind_terminal(pybind11::module_& module);
void bind_settle(pybind11::module_& module);
void bind_suite(pybind11::module_& module);
void bind_record(pybind11::module_& module);
void bind_case(pybind11::module_& module);
void bind_run(pybind11::module_& module);

} // namespace tongka::python

namespace pybind11::detail {

template <>
struct type_caster<tongka::python::Input> {
    PYBIND11_TYPE_CASTER(tongka::python::Input, const_name("bytes"));

    bool load(handle source, bool) {
        if (PyBytes_Check(source.ptr())) {
            value.bytes = {reinterpret_cast<const std::uint8_t*>(PyBytes_AS_STRING(source.ptr())),
                           static_cast<std::size_t>(PyBytes_GET_SIZE(source.ptr()))};
            return true;
        }
        Py_buffer seen;
        if (!PyObject_CheckBuffer(source.ptr()) || PyObject_GetBuffer(source.ptr(), &seen, PyBUF_SIMPLE) != 0) {
            PyErr_Clear();
            return false;
        }
        const auto* first = static_cast<const std::uint8_t*>(seen.buf);
        value.copy.assign(first, first + seen.len);
        value.bytes = value.copy;
        PyBuffer_Release(&seen);
        return true;
    }
};

} // namespace pybind11::detail
