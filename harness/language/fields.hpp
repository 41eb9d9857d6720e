#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/document/node.hpp"
#include "core/result.hpp"

/// The keys of cases, procedures and steps: one table for the loader and for the JSON Schemas.
namespace tongka::harness {

/// What the value of a key looks like.
enum class Shape : std::uint8_t {
    slug,          ///< the name of a case or a procedure
    words,         ///< {zh: …, en: …}
    remark,        ///< a text, or {zh: …, en: …}
    requirements,  ///< a list of requirement ids
    about,         ///< a requirement id, or a list of them
    text,          ///< a template, a pattern, a comparison, a condition
    device,        ///< card, psam or isam
    role,          ///< one of those, or terminal, file, host, reader
    several_roles, ///< a list of those
    tear,          ///< {after-write: 3} or {before-write: 3}
    cut,           ///< {device: card, command: 8054, after-write: 3}
    lost,          ///< {device: card, command: 8054}
    spoilt,        ///< {device: card, command: 8054, from: 5, bytes: DEADBEEF}
    action,        ///< the name of an action
    arguments,     ///< {parameter: expression or word}
    expectations,  ///< {result: expression or words}
    results,       ///< {new-name: result}
    tries,         ///< {mac: 1, pin: 1}
    expressions,   ///< {name: expression}
    slots,         ///< {name: width, name: key}
    names,         ///< {new-name: returned-name}
    rows,          ///< a list of {name: expression}
    count,         ///< a number of rounds
    duration,      ///< 400 ms, or the name of a limit
    steps,         ///< a list of steps
};

struct Field {
    std::string_view key;
    Shape shape;
    bool required;
    std::string_view meaning; ///< one line, for editors
};

[[nodiscard]] std::span<const Field> case_fields();
[[nodiscard]] std::span<const Field> procedure_fields();

enum class ActionKind : std::uint8_t { send, send_raw, let, check, call, reset, steps, act, manual };

/// What a step does: the key that says so, and the keys that may stand beside it.
struct ActionFields {
    ActionKind kind;
    std::vector<Field> fields; ///< the action's own key first
};

[[nodiscard]] std::span<const ActionFields> action_fields();

/// What `to` of a command names, what `device` and `reset` name, and what `spends` counts.
[[nodiscard]] std::span<const std::string_view> device_names();
[[nodiscard]] std::span<const std::string_view> role_names();
[[nodiscard]] std::span<const std::string_view> try_names();

/// The keys of `tear`, one of which it has; the first is `after-write`.
[[nodiscard]] std::span<const std::string_view> tear_names();

/// Refuses what is no mapping, a key that is not in the table (with the nearest), a required one that is missing, and a
/// value that is neither text, list nor mapping where its shape asks for one. `what` names the whole: "a case".
[[nodiscard]] core::Result<void> check_fields(const core::document::Node& node, std::span<const Field> fields,
                                              std::string_view what);

/// The action of a step; refuses a step with none or several, and keys that do not go with it.
[[nodiscard]] core::Result<ActionKind> check_step_fields(const core::document::Node& node);

/// The value of a key, null where it is not given.
[[nodiscard]] const core::document::Node* find(const core::document::Node& mapping, std::string_view key);

} // namespace tongka::harness
