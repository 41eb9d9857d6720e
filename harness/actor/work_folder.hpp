#pragma once

#include <filesystem>
#include <memory>

#include "core/result.hpp"

namespace tongka::harness {

/// A folder below `base` that is gone again.
class WorkFolder {
public:
    [[nodiscard]] static core::Result<std::unique_ptr<WorkFolder>> create(const std::filesystem::path& base);
    WorkFolder(const WorkFolder&) = delete;
    WorkFolder& operator=(const WorkFolder&) = delete;
    ~WorkFolder();
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    explicit WorkFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

/// Where a file that does not outlive the run is written fastest: in memory, where the system has such a folder.
[[nodiscard]] std::filesystem::path fast_folder();

} // namespace tongka::harness
