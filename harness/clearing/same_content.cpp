#include "harness/clearing/same_content.hpp"

#include <array>
#include <cstring>
#include <fstream>
#include <map>
#include <string>

#include <fmt/format.h>

namespace tongka::harness::clearing {
namespace {

bool is_same(const std::filesystem::path& a, const std::filesystem::path& b) {
    std::ifstream one(a, std::ios::binary);
    std::ifstream other(b, std::ios::binary);
    std::array<char, 1 << 16> here;
    std::array<char, 1 << 16> there;
    while (one && other) {
        one.read(here.data(), here.size());
        other.read(there.data(), there.size());
        if (one.gcount() != other.gcount() ||
            std::memcmp(here.data(), there.data(), static_cast<std::size_t>(one.gcount())) != 0)
            return false;
    }
    return one.eof() && other.eof();
}

/// What most files that differ differ in already.
std::string beginning(const std::filesystem::path& file) {
    std::string bytes(1024, '\0');
    std::ifstream stream(file, std::ios::binary);
    stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    bytes.resize(static_cast<std::size_t>(stream.gcount()));
    return bytes;
}

} // namespace

core::Result<std::vector<std::pair<std::size_t, std::size_t>>>
same_content(const std::vector<std::filesystem::path>& files) {
    std::vector<std::pair<std::size_t, std::size_t>> same;
    std::map<std::pair<std::uintmax_t, std::string>, std::vector<std::size_t>> alike;
    for (std::size_t at = 0; at < files.size(); ++at) {
        std::error_code error;
        const auto size = std::filesystem::file_size(files[at], error);
        if (error)
            return core::fail(fmt::format("{}: cannot be read: {}", files[at].native(), error.message()));
        auto& others = alike[{size, beginning(files[at])}];
        bool found = false;
        for (const std::size_t other : others) {
            if (is_same(files[other], files[at])) {
                same.emplace_back(at, other);
                found = true;
                break;
            }
        }
        if (!found)
            others.push_back(at);
    }
    return same;
}

} // namespace tongka::harness::clearing
