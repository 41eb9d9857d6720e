#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/document/source.hpp"
#include "core/result.hpp"

namespace tongka::core::document {

struct Entry;

/// A value of a document: a text, a list, or a mapping. No text is ever taken for a number, a truth value or nothing.
class Node {
public:
    enum class Kind { text, list, mapping };

    Kind kind = Kind::text;
    std::string text;           ///< of a text
    std::vector<Node> items;    ///< of a list
    std::vector<Entry> entries; ///< of a mapping, as they stand in the file; keys are texts, none twice

    Node(Kind kind_of_value, std::shared_ptr<const Source> source, std::size_t offset);
    // Written out, because Entry is complete only below.
    Node(const Node&);
    Node(Node&&) noexcept;
    Node& operator=(const Node&);
    Node& operator=(Node&&) noexcept;
    ~Node();

    [[nodiscard]] const Source& source() const { return *source_; }
    [[nodiscard]] Position position() const { return source_->position(offset_); }

    /// `file:line:column`.
    [[nodiscard]] std::string where() const { return source_->where(offset_); }

    /// Where the byte at `index` of `text` stands in the file: exact for plain and quoted texts, escapes and folded
    /// lines included; the start of the text for block texts (`|`, `>`).
    [[nodiscard]] std::string where(std::size_t index) const;

    /// The Error with this node's place before the message.
    [[nodiscard]] Error error(std::string_view message) const { return Error{std::string(message)}.at(where()); }
    [[nodiscard]] Error error_at(std::size_t index, std::string_view message) const {
        return Error{std::string(message)}.at(where(index));
    }

    /// The text of a text; `what` names the value in the Error: `f.yaml:3:5: id must be a text, not a list`.
    [[nodiscard]] Result<std::string_view> as_text(std::string_view what) const;
    /// The items of a list.
    [[nodiscard]] Result<const std::vector<Node>*> as_list(std::string_view what) const;
    /// The entries of a mapping whose keys are names of the writer's own (variables); for fixed keys see Mapping.
    [[nodiscard]] Result<const std::vector<Entry>*> as_entries(std::string_view what) const;

private:
    std::shared_ptr<const Source> source_;
    std::size_t offset_;
};

struct Entry {
    Node key;
    Node value;
};

/// "a text", "a list", "a mapping".
[[nodiscard]] std::string_view to_string(Node::Kind kind);

} // namespace tongka::core::document
