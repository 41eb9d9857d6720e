#include "core/crypto/algorithm.hpp"

#include <array>

namespace tongka::core {

static constexpr std::array algorithms{Algorithm::triple_des, Algorithm::des, Algorithm::sm4};

std::string_view name(Algorithm algorithm) {
    switch (algorithm) {
    case Algorithm::triple_des:
        return "3des";
    case Algorithm::des:
        return "des";
    case Algorithm::sm4:
        return "sm4";
    }
    return "unknown";
}

Result<Algorithm> parse_algorithm(std::string_view text) {
    for (auto algorithm : algorithms)
        if (name(algorithm) == text)
            return algorithm;
    return fail("unknown algorithm '" + std::string(text) + "' (known: 3des, des, sm4)");
}

std::optional<Algorithm> algorithm_of(Byte identifier) {
    for (auto algorithm : algorithms)
        if (static_cast<Byte>(algorithm) == identifier)
            return algorithm;
    return std::nullopt;
}

} // namespace tongka::core
