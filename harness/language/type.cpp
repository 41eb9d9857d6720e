#include "harness/language/type.hpp"

#include <fmt/format.h>

namespace tongka::harness {

std::string count_bytes(std::size_t count) {
    return fmt::format("{} byte{}", count, count == 1 ? "" : "s");
}

std::string to_string(const Type& type) {
    if (type.is_key())
        return "a key";
    return type.width ? count_bytes(*type.width) : "bytes";
}

} // namespace tongka::harness
