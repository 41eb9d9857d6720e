#pragma once

#include <filesystem>
#include <memory>

#include "core/result.hpp"

namespace tongka::cli {

/// An Error unless `folder` is not there, or holds nothing: results of two runs must not stand side by side.
[[nodiscard]] core::Result<void> must_be_free(const std::filesystem::path& folder);

/// A folder whose files appear together when all is written, or not at all. They are written into a folder inside it,
/// which goes when the object does, or when SIGINT, SIGTERM or SIGHUP ends the program.
class OutputFolder {
public:
    /// `folder` as must_be_free has it.
    [[nodiscard]] static core::Result<OutputFolder> create(const std::filesystem::path& folder);
    OutputFolder(OutputFolder&&) noexcept;
    ~OutputFolder();

    /// Where to write.
    [[nodiscard]] const std::filesystem::path& path() const;

    /// Gives the files their names.
    [[nodiscard]] core::Result<void> commit();

private:
    class Guard;
    explicit OutputFolder(std::unique_ptr<Guard> guard);

    std::unique_ptr<Guard> guard_;
};

} // namespace tongka::cli
