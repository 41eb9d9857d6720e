#pragma once

#include <string_view>
#include <vector>

#include "core/document/node.hpp"

namespace tongka::core::document {

/// Takes a mapping with fixed keys apart: each key that is asked for is a known one, and finish() refuses the others.
///
///     TONGKA_TRY(auto fields, Mapping::of(node, "a case"));
///     TONGKA_TRY(const Node* id, fields.required("id"));
///     const Node* title = fields.optional("title");
///     TONGKA_CHECK(fields.finish());
///
/// The node must outlive it; so must the names, which are literals as a rule.
class Mapping {
public:
    /// `what` names the whole in messages: "a case".
    [[nodiscard]] static Result<Mapping> of(const Node& node, std::string_view what);

    /// Never null.
    [[nodiscard]] Result<const Node*> required(std::string_view key);
    /// Null where the key is not given.
    [[nodiscard]] const Node* optional(std::string_view key);

    /// The texts of a required key, and of an optional one with what it is when absent.
    [[nodiscard]] Result<std::string> required_text(std::string_view key);
    [[nodiscard]] Result<std::string> optional_text(std::string_view key, std::string_view otherwise = {});

    /// An Error for the first key nobody asked for, with the nearest of those that were.
    [[nodiscard]] Result<void> finish() const;

    [[nodiscard]] const Node& node() const { return *node_; }

private:
    Mapping(const Node& node, std::string_view what) : node_(&node), what_(what) {}

    const Node* node_;
    std::string_view what_;
    std::vector<std::string_view> known_;
};

} // namespace tongka::core::document
