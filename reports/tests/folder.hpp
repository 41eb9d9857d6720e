#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace tongka::reports::test {

[[nodiscard]] std::string read_file(const std::filesystem::path& file);

/// The lines of a file, without their line feeds.
[[nodiscard]] std::vector<std::string> lines_of(const std::filesystem::path& file);

/// A folder that is gone again when the test is over.
class Folder {
public:
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    /// Writes `text` under `name`.
    std::filesystem::path write(std::string_view name, std::string_view text) const;

private:
    std::filesystem::path path_;
};

} // namespace tongka::reports::test
