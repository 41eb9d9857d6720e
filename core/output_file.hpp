#pragma once

#include <filesystem>
#include <fstream>

#include "core/result.hpp"

namespace tongka::core {

/// A file that appears under its name whole, or not at all: it is written beside it under another name, which `commit`
/// changes and the destructor removes.
class OutputFile {
public:
    [[nodiscard]] static Result<OutputFile> create(const std::filesystem::path& file);
    OutputFile(OutputFile&& from) noexcept;
    OutputFile& operator=(OutputFile&&) = delete;
    ~OutputFile();

    [[nodiscard]] std::ostream& stream() { return stream_; }

    /// Everything is on its way to the disk; an Error where the disk is full. Nothing may be written after it.
    [[nodiscard]] Result<void> close();

    /// Replaces what stood under the name.
    [[nodiscard]] Result<void> commit();

private:
    OutputFile(std::filesystem::path file, std::filesystem::path part, std::ofstream stream);

    std::filesystem::path file_;
    std::filesystem::path part_; ///< empty once committed
    std::ofstream stream_;
};

} // namespace tongka::core
