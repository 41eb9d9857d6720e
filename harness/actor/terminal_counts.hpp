#pragma once

#include <cstdint>
#include <optional>

#include "core/bytes.hpp"
#include "harness/device/action_values.hpp"

namespace tongka::harness {

/// What a terminal has sent during an action, counted on the lines and not asked of the terminal.
struct TerminalCounts {
    std::uint32_t debits = 0;
    std::uint32_t begun = 0;
    std::uint32_t staged = 0;
    std::uint32_t macs = 0;
    std::uint32_t codes = 0;
    std::uint32_t shown = 0;
    std::uint32_t proofs = 0;
    std::uint32_t pins = 0;

    void count_card(core::BytesView command);
    void count_psam(core::BytesView command);
    /// As results of harness/language/actions_terminal.cpp.
    void tell(Values& results) const;
};

/// Whether the action's result is one of these.
[[nodiscard]] bool is_terminal_count(std::string_view result);

} // namespace tongka::harness
