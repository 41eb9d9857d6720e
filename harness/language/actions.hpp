#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/text.hpp"
#include "harness/device/action_values.hpp"
#include "harness/device/device.hpp"

/// What terminals, files, hosts and readers under test can be asked to do: one table for the loader, the JSON Schemas,
/// docs/cases.md and whoever acts (harness/device/actor.hpp).
namespace tongka::harness {

/// A parameter or a result of an action. Names are slugs, as those of rules.
struct ActionSlot {
    enum class Kind : std::uint8_t {
        bytes,  ///< `width` of them; any number where that is 0
        number, ///< u32: four bytes, big-endian
        word,   ///< one of `words`; a result without them is any text, which is told and never expected
    };

    std::string_view name{};
    Kind kind = Kind::bytes;
    bool required = false; ///< a parameter that must be given; a result that is always given
    core::Text title{};
    std::size_t width = 0;
    std::span<const std::string_view> words{};
    bool secret = false; ///< a PIN: never told
};

struct ActionInfo {
    std::string_view name{};
    core::Text title{};
    std::span<const ActionSlot> parameters{};
    std::span<const ActionSlot> results{};
};

/// One small file each: actions_terminal.cpp, actions_file.cpp, actions_host.cpp, actions_reader.cpp.
[[nodiscard]] std::span<const ActionInfo> terminal_actions();
[[nodiscard]] std::span<const ActionInfo> file_actions();
[[nodiscard]] std::span<const ActionInfo> host_actions();
[[nodiscard]] std::span<const ActionInfo> reader_actions();

/// Those of a role; none of a card or module.
[[nodiscard]] std::span<const ActionInfo> actions_of(Role role);

/// Null for a name that is not there.
[[nodiscard]] const ActionInfo* find_action(Role role, std::string_view name);
[[nodiscard]] const ActionSlot* find_slot(std::span<const ActionSlot> slots, std::string_view name);

/// The Error for an action that the role does not have, with the nearest name.
[[nodiscard]] core::Error unknown_action(Role role, std::string_view name);

/// "u32", "4 bytes", "bytes", "accepted | refused".
[[nodiscard]] std::string form_of(const ActionSlot& slot);

/// Holds what an action gave against its table: an Error for a result that is not there, that fails to be given, or
/// that has another form. Then not the thing under test is wrong, but what asks it.
[[nodiscard]] core::Result<void> check_results(const ActionInfo& action, const Values& results);

} // namespace tongka::harness
