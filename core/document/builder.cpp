#include "core/document/builder.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "core/document/scalar_offset.hpp"

namespace tongka::core::document {
namespace {

std::size_t offset_of(const YAML::Mark& mark) {
    return mark.pos < 0 ? 0 : static_cast<std::size_t>(mark.pos);
}

[[noreturn]] void refuse(const Source& source, std::size_t offset, std::string message) {
    throw Refused{Error{std::move(message)}.at(source.where(offset))};
}

} // namespace

Result<Node> Builder::root() && {
    if (odd_)
        return fail(*std::move(odd_));
    if (!root_)
        return fail(fmt::format("{}:1:1: the document is empty", source_->name()));
    return *std::move(root_);
}

void Builder::OnDocumentStart(const YAML::Mark& mark) {
    if (finished_)
        refuse(*source_, offset_of(mark), "the document ends before this: a second document, or wrong indentation");
}

void Builder::OnNull(const YAML::Mark& mark, YAML::anchor_t) {
    static constexpr std::string_view hint = "(quote it, if an empty text or the word null is meant)";
    if (!odd_ && !open_.empty() && open_.back().key)
        odd_ = open_.back().key->error(fmt::format("'{}' has no value {}", open_.back().key->text, hint));
    else if (!odd_)
        odd_ = Error{fmt::format("a value is missing {}", hint)}.at(source_->where(offset_of(mark)));
    add(Node(Node::Kind::text, source_, offset_of(mark)));
}

void Builder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
    refuse(*source_, offset_of(mark), "aliases (*name) are not supported: write it out");
}

void Builder::OnAnchor(const YAML::Mark& mark, const std::string& name) {
    refuse(*source_, offset_of(mark), fmt::format("anchors (&{}) are not supported", name));
}

void Builder::refuse_tag(const YAML::Mark& mark, const std::string& tag) const {
    // yaml-cpp gives "?" for a plain scalar or a collection without a tag, "!" for a quoted scalar without one.
    const bool written = source_->text().substr(std::min(offset_of(mark), source_->text().size()), 1) == "!";
    if (written || (tag != "?" && tag != "!" && !tag.empty()))
        refuse(*source_, offset_of(mark), fmt::format("tags ({}) are not supported: every value is text", tag));
}

void Builder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, const std::string& value) {
    refuse_tag(mark, tag);
    if (!quotes_are_closed(source_->text(), offset_of(mark))) // yaml-cpp 0.7 takes the end of the file for a quote
        refuse(*source_, offset_of(mark), "malformed YAML: the quote opened here is never closed");
    Node node(Node::Kind::text, source_, offset_of(mark));
    node.text = value;
    add(std::move(node));
}

void Builder::open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag) {
    refuse_tag(mark, tag);
    if (open_.size() == depth_)
        refuse(*source_, offset_of(mark), fmt::format("nested more than {} deep", depth_));
    if (!odd_ && !open_.empty() && open_.back().node.kind == Node::Kind::mapping && !open_.back().key)
        odd_ = Error{fmt::format("a key must be a text, not {}", to_string(kind))}.at(source_->where(offset_of(mark)));
    open_.push_back({Node(kind, source_, offset_of(mark)), std::nullopt, {}});
}

void Builder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                              YAML::EmitterStyle::value) {
    open(Node::Kind::list, mark, tag);
}

void Builder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t, YAML::EmitterStyle::value) {
    open(Node::Kind::mapping, mark, tag);
}

void Builder::OnSequenceEnd() {
    auto node = std::move(open_.back().node);
    open_.pop_back();
    add(std::move(node));
}

void Builder::OnMapEnd() {
    OnSequenceEnd();
}

void Builder::add(Node node) {
    if (open_.empty()) {
        root_ = std::move(node);
        return;
    }
    auto& parent = open_.back();
    if (parent.node.kind == Node::Kind::list)
        parent.node.items.push_back(std::move(node));
    else if (!parent.key)
        add_key(parent, std::move(node));
    else {
        parent.node.entries.push_back({*std::move(parent.key), std::move(node)});
        parent.key.reset();
    }
}

void Builder::add_key(Open& mapping, Node node) {
    if (!mapping.keys.insert(node.text).second) {
        const auto first = std::ranges::find(mapping.node.entries, node.text,
                                             [](const Entry& entry) -> const std::string& { return entry.key.text; });
        throw Refused{
            node.error(fmt::format("'{}' is given twice (first in line {})", node.text, first->key.position().line))};
    }
    mapping.key = std::move(node);
}

} // namespace tongka::core::document
