#pragma once

#include <optional>

#include "core/clock.hpp"
#include "core/keys/key_store.hpp"
#include "core/random.hpp"

namespace tongka::core {

/// The generations of a store, by the state of their keys (core/keys/key_plan.hpp).
struct Generations {
    Byte current = 0;
    std::optional<Byte> retiring;
    std::vector<Byte> prepared; ///< ascending
};

/// An Error where the kinds that roll do not stand at the same generations.
[[nodiscard]] Result<Generations> generations(const KeyStore& store);

/// Rolls over: the current generation becomes retiring, the next prepared one current; a national store makes a new
/// prepared one. An Error, and no change, while a retiring generation is left, or where the next one is not here.
[[nodiscard]] Result<void> rotate(KeyStore& store, Random& random, const Clock& clock = SystemClock());

/// Destroys the retiring generation; an Error where there is none.
[[nodiscard]] Result<void> retire(KeyStore& store);

} // namespace tongka::core
