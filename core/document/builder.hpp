#pragma once

#include <memory>
#include <optional>
#include <unordered_set>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include "core/document/node.hpp"

namespace tongka::core::document {

/// Ends yaml-cpp's parse from inside its callbacks, which know no other way; never leaves parse().
struct Refused {
    Error error;
};

/// Builds the nodes from yaml-cpp's events and refuses what our documents may not hold.
class Builder final : public YAML::EventHandler {
public:
    Builder(std::shared_ptr<const Source> source, std::size_t depth) : source_(std::move(source)), depth_(depth) {}

    /// The document has been read; anything further is refused.
    void expect_no_more() { finished_ = true; }
    [[nodiscard]] Result<Node> root() &&;

    void OnDocumentStart(const YAML::Mark& mark) override;
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
    void OnAnchor(const YAML::Mark& mark, const std::string& name) override;
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override;
    void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value style) override;
    void OnSequenceEnd() override;
    void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value style) override;
    void OnMapEnd() override;

private:
    struct Open {
        Node node;
        std::optional<Node> key;              ///< of a mapping: read, its value not yet
        std::unordered_set<std::string> keys; ///< of a mapping: all so far
    };

    void refuse_tag(const YAML::Mark& mark, const std::string& tag) const;
    void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag);
    void add(Node node);
    void add_key(Open& mapping, Node node);

    std::shared_ptr<const Source> source_;
    std::size_t depth_;
    std::vector<Open> open_;
    std::optional<Node> root_;
    std::optional<Error> odd_; ///< the first of what an unclosed bracket also looks like: told if nothing worse follows
    bool finished_ = false;
};

} // namespace tongka::core::document
