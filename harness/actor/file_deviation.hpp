#pragma once

#include <span>
#include <string_view>

#include "core/text.hpp"
#include "harness/actor/file_spoiler.hpp"

namespace tongka::harness {

/// Something that is wrong with the files of a simulated back end.
struct FileDeviation {
    std::string_view name;
    core::Text title;
    void (*spoil)(const FileSpoiler& files);
};

/// Those of uploads (file_deviation.cpp) and of all that is made out of them (settlement_deviation.cpp).
[[nodiscard]] std::span<const FileDeviation> upload_deviations();
[[nodiscard]] std::span<const FileDeviation> settlement_deviations();
[[nodiscard]] std::vector<const FileDeviation*> file_deviations();

} // namespace tongka::harness
