#pragma once

#include "simulator/interconnection/matrix.hpp"

namespace tongka::simulator {

inline core::Profile matrix_profile(core::Algorithm algorithm) {
    const std::string name = algorithm == core::Algorithm::sm4 ? "sm4" : "city-union";
    return core::load_profile(TONGKA_SOURCE_DIR "/testcases/profiles/" + name + ".yaml").value();
}

/// The first cities of the example, as few as a test needs.
inline NetworkPlan small_plan(std::size_t cities, core::Algorithm algorithm = core::Algorithm::triple_des) {
    const auto all = example_cities().first(cities);
    return {.cities = {all.begin(), all.end()},
            .profile = matrix_profile(algorithm),
            .algorithm = algorithm,
            .seed = 1,
            .faults = {}};
}

} // namespace tongka::simulator
