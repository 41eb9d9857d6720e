#pragma once

#include <map>
#include <optional>

#include "harness/clearing/record_writer.hpp"
#include "harness/clearing/tac_keys.hpp"

namespace tongka::harness::clearing {

/// The files of one kind that the centre sends, one open for each city; a full one is followed by the next.
class CityFiles {
public:
    /// The layout must outlive it.
    CityFiles(const Layout& layout, const std::array<core::Byte, 4>& settle_date, std::filesystem::path folder)
        : layout_(&layout), settle_date_(settle_date), folder_(std::move(folder)) {}

    [[nodiscard]] core::Result<void> write(const TacKeys::City& city, const Transaction& transaction);

    /// How many files there are.
    [[nodiscard]] core::Result<std::uint64_t> finish();

private:
    struct Open {
        std::optional<RecordWriter> writer;
        std::uint32_t serial = 0;
    };

    core::Result<void> finish(Open& open);

    const Layout* layout_;
    std::array<core::Byte, 4> settle_date_;
    std::filesystem::path folder_;
    std::map<TacKeys::City, Open> cities_;
    std::uint64_t files_ = 0;
};

} // namespace tongka::harness::clearing
