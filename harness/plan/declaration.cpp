#include "harness/plan/declaration.hpp"

#include <charconv>

#include <fmt/format.h>

#include "core/document/parse.hpp"
#include "core/hex.hpp"
#include "harness/plan/consistency.hpp"
#include "harness/plan/proforma_fields.hpp"

namespace tongka::harness {
namespace {

using core::document::Entry;
using core::document::Node;

core::Result<bool> read_claim(const Entry& entry) {
    TONGKA_TRY(const auto text, entry.value.as_text(entry.key.text));
    if (text != "yes" && text != "no")
        return core::fail(entry.value.error(fmt::format("{} is yes or no, not '{}'", entry.key.text, text)));
    return text == "yes";
}

core::Result<core::Bytes> read_value(const Entry& entry) {
    TONGKA_TRY(const auto text, entry.value.as_text(entry.key.text));
    auto bytes = core::from_hex(text);
    if (!bytes)
        return core::fail(entry.value.error(bytes.error().at(entry.key.text).message));
    return bytes;
}

core::Result<unsigned> read_tries(const Entry& entry) {
    TONGKA_TRY(const auto text, entry.value.as_text(entry.key.text));
    unsigned tries = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), tries);
    if (error != std::errc{} || end != text.data() + text.size() || tries > 255)
        return core::fail(entry.value.error(fmt::format("tries are a number up to 255, not '{}'", text)));
    return tries;
}

template <typename Map, typename Read>
core::Result<void> read_into(Map& map, Declaration& declaration, const Node* node, std::string_view what, Read read) {
    if (!node)
        return {};
    TONGKA_TRY(const auto* entries, node->as_entries(what));
    for (const Entry& entry : *entries) {
        if (entry.value.kind != Node::Kind::text || !entry.value.text.empty()) {
            TONGKA_TRY(auto value, read(entry));
            map.emplace(entry.key.text, std::move(value));
        }
        declaration.places.emplace(fmt::format("{}.{}", what, entry.key.text), entry.key.where());
    }
    return {};
}

} // namespace

core::Result<Declaration> Declaration::load(const std::filesystem::path& path) {
    Declaration declaration;
    TONGKA_TRY(const Node root, core::document::read(path));
    TONGKA_CHECK(check_fields(root, declaration_fields(), "a declaration"));
    declaration.places.emplace("", root.where());
    TONGKA_CHECK(read_into(declaration.claims, declaration, find(root, "ics"), "ics", read_claim));
    TONGKA_CHECK(read_into(declaration.values, declaration, find(root, "ixit"), "ixit", read_value));
    TONGKA_CHECK(read_into(declaration.tries, declaration, find(root, "tries"), "tries", read_tries));
    return declaration;
}

core::Result<Declaration> Declaration::load(const std::filesystem::path& path, const Proformas& proformas) {
    TONGKA_TRY(auto declaration, load(path));
    for (const auto& finding : check_names(declaration, proformas))
        return core::fail(fmt::format("{}: {}", finding.place, finding.text.en));
    declaration.titles = proformas.titles();
    return declaration;
}

const std::string& Declaration::place(std::string_view name) const {
    static const std::string nowhere;
    auto found = places.find(name);
    if (found == places.end())
        found = places.find("");
    return found == places.end() ? nowhere : found->second;
}

bool is_secret(std::string_view value_name) {
    return value_name == "pin" || value_name.ends_with("-pin");
}

} // namespace tongka::harness
