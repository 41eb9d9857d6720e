#pragma once

#include <filesystem>
#include <set>
#include <vector>

#include "cli/descriptor.hpp"
#include "core/result.hpp"

namespace tongka::cli {

/// Tells when files change, by inotify on their folders: editors put a new file in an old one's place.
class FileWatch {
public:
    [[nodiscard]] static core::Result<FileWatch> of(const std::vector<std::filesystem::path>& files);

    /// Until one of them is written or replaced; changes of a moment are one change.
    [[nodiscard]] core::Result<void> wait();

private:
    explicit FileWatch(Descriptor inotify) : inotify_(std::move(inotify)) {}

    Descriptor inotify_;
    std::set<std::pair<int, std::string>> files_; ///< by the watch of their folder
};

} // namespace tongka::cli
