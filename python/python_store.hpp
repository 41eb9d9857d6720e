#pragma once

#include <memory>

#include "core/keys/key_store.hpp"
#include "core/random.hpp"

namespace tongka::python {

/// A key store that Python has opened, until it is closed.
struct PythonStore {
    core::SystemRandom random{};
    std::unique_ptr<core::KeyStore> store{};

    /// Failure where it was closed.
    [[nodiscard]] core::KeyStore& get();
};

} // namespace tongka::python
