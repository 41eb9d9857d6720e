#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "core/hex.hpp"
#include "core/keys/key_file.hpp"

namespace tongka::core::test {

/// A folder of its own, removed with all that is in it.
class Scratch : public ::testing::Test {
protected:
    explicit Scratch(const std::filesystem::path& in = std::filesystem::temp_directory_path()) {
        std::string name = (in / "tongka-keys-XXXXXX").string();
        if (::mkdtemp(name.data()) == nullptr)
            throw std::runtime_error("no temporary folder");
        folder_ = name;
    }
    ~Scratch() override { std::filesystem::remove_all(folder_); }

    [[nodiscard]] static Bytes read(const std::filesystem::path& path) {
        std::ifstream stream(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(stream), {}};
    }
    static void write(const std::filesystem::path& path, BytesView bytes) {
        std::ofstream stream(path, std::ios::binary | std::ios::trunc);
        stream.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    }
    [[nodiscard]] std::size_t files() const {
        return static_cast<std::size_t>(std::distance(std::filesystem::directory_iterator(folder_), {}));
    }

    std::filesystem::path folder_;
    SystemRandom random_;
};

/// std::ranges::search does not compile with clang 14 and this library.
inline bool contains(BytesView bytes, BytesView part) {
    return std::search(bytes.begin(), bytes.end(), part.begin(), part.end()) != bytes.end();
}

/// Quick to stretch, and as weak as that.
inline constexpr StretchCost quick{.memory = 8, .passes = 1, .lanes = 1};

inline Key key_of(std::string_view hex) {
    return *Key::create(Algorithm::triple_des, *from_hex(hex));
}

inline KeyRecord record_of(std::string_view name, KeyState state = KeyState::current) {
    return {.name = *parse_key_name(name), .state = state, .made = "2026-01-01"};
}

} // namespace tongka::core::test
