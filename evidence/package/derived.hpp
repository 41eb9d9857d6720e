#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "reports/report.hpp"

namespace tongka::evidence {

/// A folder of our own in the system's place for such, gone with this.
class TemporaryFolder {
public:
    [[nodiscard]] static core::Result<TemporaryFolder> make();
    TemporaryFolder(TemporaryFolder&& from) noexcept;
    TemporaryFolder& operator=(TemporaryFolder&&) = delete;
    ~TemporaryFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

/// The reports that a record gives, in a folder of their own.
struct Derived {
    TemporaryFolder folder;
    reports::Summary summary;
    std::vector<std::string> files; ///< paths in the folder, sorted: report.json, report-cases/….html

    [[nodiscard]] static core::Result<Derived> from(const std::filesystem::path& record, core::Language language,
                                                    bool case_pages);
};

} // namespace tongka::evidence
