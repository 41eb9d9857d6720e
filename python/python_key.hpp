#pragma once

#include "core/crypto/cipher.hpp"
#include "core/crypto/key.hpp"

namespace tongka::python {

/// A key as Python holds it, ready for use.
struct PythonKey {
    core::Key key;
    core::Cipher cipher;

    explicit PythonKey(const core::Key& one) : key(one), cipher(one) {}
};

} // namespace tongka::python
