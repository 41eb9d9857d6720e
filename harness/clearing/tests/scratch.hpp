#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdlib.h>
#include <string>
#include <string_view>

#include "harness/clearing/layout.hpp"

namespace tongka::harness::clearing::test {

/// A folder that is gone again when the test is over.
class Scratch {
public:
    Scratch() {
        std::string name = (std::filesystem::temp_directory_path() / "tongka-clearing-XXXXXX").native();
        path_ = ::mkdtemp(name.data());
    }
    Scratch(const Scratch&) = delete;
    Scratch& operator=(const Scratch&) = delete;
    ~Scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    std::filesystem::path write(std::string_view name, std::string_view text) const {
        std::ofstream(path_ / name, std::ios::binary) << text;
        return path_ / name;
    }

private:
    std::filesystem::path path_;
};

inline std::string read_file(const std::filesystem::path& path) {
    std::ostringstream text;
    text << std::ifstream(path, std::ios::binary).rdbuf();
    return text.str();
}

/// The layouts of the suite.
inline const std::vector<Layout>& layouts() {
    static const auto loaded = load_layouts(TONGKA_SOURCE_DIR "/testcases/clearing").value();
    return loaded;
}

inline const Layout& layout(std::string_view name) {
    return **find_layout(layouts(), name);
}

} // namespace tongka::harness::clearing::test
