#include "harness/plan/catalogue.hpp"

#include <algorithm>
#include <span>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/document/mapping.hpp"
#include "core/document/parse.hpp"
#include "core/nearest.hpp"

namespace tongka::harness {
namespace {

using core::document::Mapping;
using core::document::Node;

constexpr std::string_view levels[] = {"shall", "should", "may"};
constexpr std::string_view confidences[] = {"verified", "single-source", "inferred"};
constexpr std::string_view kinds_of_test[] = {"apdu", "timing", "terminal", "file", "message", "reader", "inspection"};

/// What ids of a standard begin with.
std::string_view prefix_of(std::string_view standard) {
    return standard == "cjt304" ? "304-" : standard == "cjt333" ? "333-" : "31778-";
}

core::Result<std::string> one_of(Mapping& fields, std::string_view key, std::span<const std::string_view> choices) {
    TONGKA_TRY(const Node* node, fields.required(key));
    if (std::ranges::find(choices, node->text) == choices.end())
        return core::fail(
            node->error(fmt::format("{} is one of {}, not '{}'", key, fmt::join(choices, ", "), node->text)));
    return node->text;
}

core::Result<CatalogueText> both_languages(Mapping& fields, std::string_view key) {
    TONGKA_TRY(const Node* node, fields.required(key));
    TONGKA_TRY(auto texts, Mapping::of(*node, key));
    CatalogueText text;
    TONGKA_TRY(text.zh, texts.required_text("zh"));
    TONGKA_TRY(text.en, texts.required_text("en"));
    TONGKA_CHECK(texts.finish());
    return text;
}

/// An inspection says how it is done; nothing else does.
core::Result<CatalogueText> instructions(Mapping& fields, const Requirement& requirement) {
    const Node* node = fields.optional("inspect");
    if (requirement.is_inspection()) {
        if (!node)
            return core::fail(fields.node().error(
                fmt::format("{} is an inspection and has no 'inspect': say what is looked at", requirement.id)));
        return both_languages(fields, "inspect");
    }
    if (node)
        return core::fail(node->error(fmt::format("'inspect' is for an inspection, and {} is testable: {}",
                                                  requirement.id, requirement.testable)));
    return CatalogueText{};
}

core::Result<Requirement> read(const Node& node, std::string_view standard) {
    Requirement requirement;
    requirement.standard = standard;
    requirement.source = node.where();
    TONGKA_TRY(auto fields, Mapping::of(node, "a requirement"));
    TONGKA_TRY(const Node* id, fields.required("id"));
    if (!id->text.starts_with(prefix_of(standard)))
        return core::fail(id->error(fmt::format("ids of {} begin with '{}'", standard, prefix_of(standard))));
    requirement.id = id->text;
    TONGKA_TRY(requirement.title, both_languages(fields, "title"));
    TONGKA_TRY(requirement.rule, both_languages(fields, "rule"));
    TONGKA_TRY(requirement.level, one_of(fields, "level", levels));
    TONGKA_TRY(requirement.edition, fields.required_text("edition"));
    TONGKA_TRY(requirement.clause, fields.optional_text("clause"));
    TONGKA_TRY(requirement.basis, fields.required_text("basis"));
    TONGKA_TRY(requirement.confidence, one_of(fields, "confidence", confidences));
    TONGKA_TRY(requirement.testable, one_of(fields, "testable", kinds_of_test));
    TONGKA_TRY(requirement.inspect, instructions(fields, requirement));
    TONGKA_CHECK(fields.finish());
    return requirement;
}

} // namespace

core::Result<Catalogue> Catalogue::load(const std::filesystem::path& folder) {
    Catalogue catalogue;
    for (const auto standard : standards) {
        const auto path = folder / fmt::format("{}.yaml", standard);
        TONGKA_TRY(const Node root, core::document::read(path));
        TONGKA_TRY(const auto* items, root.as_list("a catalogue"));
        for (const Node& item : *items) {
            TONGKA_TRY(auto requirement, read(item, standard));
            const auto [first, added] = catalogue.by_id_.emplace(requirement.id, catalogue.requirements_.size());
            if (!added)
                return core::fail(item.error(fmt::format("{} stands at {} already", requirement.id,
                                                         catalogue.requirements_[first->second].source)));
            catalogue.requirements_.push_back(std::move(requirement));
        }
    }
    return catalogue;
}

core::Result<void> Catalogue::apply_clause_map(const std::filesystem::path& path) {
    TONGKA_TRY(const Node root, core::document::read(path));
    TONGKA_TRY(const auto* entries, root.as_entries("a clause map"));
    for (const auto& entry : *entries) {
        const auto found = by_id_.find(entry.key.text);
        if (found == by_id_.end())
            return core::fail(entry.key.error(unknown(entry.key.text)));
        Requirement& requirement = requirements_[found->second];
        if (entry.value.kind == Node::Kind::text) {
            requirement.clause = entry.value.text;
            continue;
        }
        TONGKA_TRY(auto fields, Mapping::of(entry.value, "a clause"));
        TONGKA_TRY(requirement.clause, fields.required_text("clause"));
        TONGKA_TRY(requirement.edition, fields.optional_text("edition", requirement.edition));
        TONGKA_CHECK(fields.finish());
    }
    return {};
}

const Requirement* Catalogue::find(std::string_view id) const {
    const auto found = by_id_.find(id);
    return found == by_id_.end() ? nullptr : &requirements_[found->second];
}

std::string Catalogue::unknown(std::string_view id) const {
    std::vector<std::string_view> ids;
    for (const auto& requirement : requirements_)
        ids.push_back(requirement.id);
    const auto near = core::nearest(id, ids);
    return fmt::format("there is no requirement '{}'{}", id, near ? fmt::format(": did you mean '{}'?", *near) : "");
}

} // namespace tongka::harness
