#pragma once

/// As TONGKA_CHECK and TONGKA_TRY, for a StepResult.
#define TONGKA_STEP_DONE(...)                                                                                          \
    do {                                                                                                               \
        if (auto done = (__VA_ARGS__); !done)                                                                          \
            return tl::unexpected(std::move(done).error());                                                            \
    } while (false)
#define TONGKA_STEP(declaration, ...)                                                                                  \
    auto TONGKA_CONCAT(step_, __LINE__) = (__VA_ARGS__);                                                               \
    if (!TONGKA_CONCAT(step_, __LINE__))                                                                               \
        return tl::unexpected(std::move(TONGKA_CONCAT(step_, __LINE__)).error());                                      \
    declaration = *std::move(TONGKA_CONCAT(step_, __LINE__))
