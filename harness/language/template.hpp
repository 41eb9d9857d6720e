#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/bytes.hpp"
#include "core/document/node.hpp"
#include "core/result.hpp"
#include "harness/language/environment.hpp"
#include "harness/language/items.hpp"
#include "harness/language/scope.hpp"

namespace tongka::harness {

/// A run of hex, or one `{expression:n}`.
struct TemplateItem {
    core::Bytes literal{};
    std::optional<SizedExpression> sized{};

    [[nodiscard]] std::size_t width() const { return sized ? sized->width : literal.size(); }
};

/// The command of `send`: bytes as written, or `CLA INS P1 P2 [data] Le` whose Lc is computed.
struct Template {
    core::document::Node source;
    std::vector<TemplateItem> head{}; ///< before `[`; all there is, without brackets
    bool has_data_field = false;      ///< brackets were written
    std::vector<TemplateItem> data{};
    std::vector<TemplateItem> le{};
};

/// Reads one and checks its form: four bytes before `[`, 1 to 65535 inside, Le of one byte, or of one or two where more
/// than 255 bytes of data make lengths extended. At least `shortest` bytes come out of it: 4 for a command, 1 for raw
/// bytes.
[[nodiscard]] core::Result<Template> parse_template(const core::document::Node& node, std::string_view what,
                                                    std::size_t shortest);

/// What is wrong with its names and widths.
[[nodiscard]] core::Result<void> check(const Template& command, Scope& scope);

/// The command's bytes: with data over 255 bytes, Lc and Le take their extended form (ISO/IEC 7816-4, 5.1).
[[nodiscard]] core::Result<core::Bytes> build(const Template& command, const Environment& environment);

} // namespace tongka::harness
