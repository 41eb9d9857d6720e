#include "core/document/node.hpp"

#include <fmt/format.h>

#include "core/document/scalar_offset.hpp"

namespace tongka::core::document {
namespace {

Result<void> expect(const Node& node, Node::Kind kind, std::string_view what) {
    if (node.kind == kind)
        return {};
    return fail(node.error(fmt::format("{} must be {}, not {}", what, to_string(kind), to_string(node.kind))));
}

} // namespace

Node::Node(Kind kind_of_value, std::shared_ptr<const Source> source, std::size_t offset)
    : kind(kind_of_value), source_(std::move(source)), offset_(offset) {}
Node::Node(const Node&) = default;
Node::Node(Node&&) noexcept = default;
Node& Node::operator=(const Node&) = default;
Node& Node::operator=(Node&&) noexcept = default;
Node::~Node() = default;

std::string_view to_string(Node::Kind kind) {
    switch (kind) {
    case Node::Kind::text:
        return "a text";
    case Node::Kind::list:
        return "a list";
    case Node::Kind::mapping:
        return "a mapping";
    }
    return "";
}

std::string Node::where(std::size_t index) const {
    return source_->where(scalar_offset(source_->text(), offset_, index));
}

Result<std::string_view> Node::as_text(std::string_view what) const {
    TONGKA_CHECK(expect(*this, Kind::text, what));
    return std::string_view(text);
}

Result<const std::vector<Node>*> Node::as_list(std::string_view what) const {
    TONGKA_CHECK(expect(*this, Kind::list, what));
    return &items;
}

Result<const std::vector<Entry>*> Node::as_entries(std::string_view what) const {
    TONGKA_CHECK(expect(*this, Kind::mapping, what));
    return &entries;
}

} // namespace tongka::core::document
