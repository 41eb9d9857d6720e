#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/apdu.hpp"
#include "core/bytes.hpp"
#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/expression.hpp"
#include "harness/language/scope.hpp"

namespace tongka::harness {

/// `9302`, `61xx`: the bits of `mask` must be those of `value`.
struct StatusMask {
    core::StatusWord value = 0;
    core::StatusWord mask = 0xFFFF;
};

/// `6700..6A86`, both ends included.
struct StatusRange {
    core::StatusWord first = 0;
    core::StatusWord last = 0;
};

using StatusPattern = std::variant<StatusMask, StatusRange, Expression>;

/// A part of the data that an answer must have; `rest` is `*`, any number of bytes. `begin` and `end` are offsets into
/// the scalar.
struct DataItem {
    enum class Kind : std::uint8_t { literal, capture, compare, rest };

    Kind kind = Kind::literal;
    std::size_t width = 0; ///< of a rest, 0
    std::size_t begin = 0;
    std::size_t end = 0;
    core::Bytes value{};     ///< of a literal
    core::Bytes mask{};      ///< of a literal: 0 for the bits of `x`
    std::string name{};      ///< of a capture
    Expression expression{}; ///< of a compare
};

struct Alternative {
    StatusPattern status{};
    std::vector<DataItem> data{};

    /// Of all items but `*`, which may stand once.
    [[nodiscard]] std::size_t width() const;
    [[nodiscard]] bool has_rest() const;
};

/// What an answer must be. Without alternatives, anything: `any`.
struct Pattern {
    core::document::Node source;
    std::vector<Alternative> alternatives{};

    [[nodiscard]] bool is_any() const { return alternatives.empty(); }
};

[[nodiscard]] core::Result<Pattern> parse_pattern(const core::document::Node& node, std::string_view what);

/// What `send` expects without `expect`: `9000` and any data.
[[nodiscard]] Pattern default_pattern();

/// What is wrong with its names and widths; binds its captures.
[[nodiscard]] core::Result<void> check(const Pattern& pattern, Scope& scope);

} // namespace tongka::harness
