#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <string_view>

#include "core/result.hpp"
#include "core/text.hpp"
#include "harness/clearing/layout.hpp"

namespace tongka::harness::clearing {

/// An error that made traffic has on purpose.
enum class Plant : std::uint8_t {
    tac,
    duplicate,
    duplicate_pos,
    time,
    future,
    unknown_city,
    other_place,
    grey,
    insufficient,
    test,
    blacklisted,
    counter_gap,
    counter_twice,
    balance,
    clock_back,
    line_short,
    line_rubbish,
    line_foreign,
    header_count,
    header_type,
    cut_file,
    file_twice,
};

struct PlantInfo {
    Plant plant;
    std::string_view name;
    std::string_view found; ///< what a check must call it: a verdict or a notice; "file" for what is no record's fault
    core::Text text;
    bool of_file = false; ///< spoils a file of its own
};

[[nodiscard]] std::span<const PlantInfo> plants();
[[nodiscard]] const PlantInfo& info(Plant plant);

/// Whether files of the layout can have it: grey records are not in every one, and whole files are spoilt in FH alone.
[[nodiscard]] bool can_carry(const Layout& layout, Plant plant);

/// `tac:20`, `tac` (once), `all:3` (three times each that the layout can carry), added to `into`.
[[nodiscard]] core::Result<void> read_plant(std::string_view text, const Layout& layout,
                                            std::map<Plant, std::uint32_t>& into);

} // namespace tongka::harness::clearing
