#include <algorithm>

#include "harness/clearing/layout.hpp"

namespace tongka::harness::clearing {
namespace {

std::string* part(FileName& name, Holds holds) {
    switch (holds) {
    case Holds::date:
        return &name.date;
    case Holds::city:
        return &name.city;
    case Holds::serial:
        return &name.serial;
    case Holds::industry:
        return &name.industry;
    case Holds::merchant:
        return &name.merchant;
    default:
        return nullptr;
    }
}

} // namespace

std::optional<FileName> read_file_name(const Layout& layout, std::string_view name) {
    FileName read;
    for (const NamePiece& piece : layout.file_name) {
        if (name.size() < piece.width)
            return std::nullopt;
        const auto here = name.substr(0, piece.width);
        name.remove_prefix(piece.width);
        if (auto* into = part(read, piece.holds)) {
            if (!std::ranges::all_of(here, [](char c) { return c >= '0' && c <= '9'; }))
                return std::nullopt;
            *into = here;
        } else if (here != piece.text) {
            return std::nullopt;
        }
    }
    return name.empty() ? std::optional(read) : std::nullopt;
}

std::string make_file_name(const Layout& layout, const FileName& name) {
    std::string made;
    FileName parts = name;
    for (const NamePiece& piece : layout.file_name) {
        const std::string* value = part(parts, piece.holds);
        if (!value) {
            made += piece.text;
        } else if (piece.holds == Holds::city) { // a city is padded on the right: `cccc0000` (clauses.md A.1)
            made += *value + std::string(piece.width - std::min(piece.width, value->size()), '0');
        } else if (piece.holds == Holds::date) { // YYMMDD of YYYYMMDD
            made += value->substr(value->size() - std::min(piece.width, value->size()));
        } else {
            made += std::string(piece.width - std::min(piece.width, value->size()), '0') + *value;
        }
    }
    return made;
}

const Layout* guess_layout(const std::vector<Layout>& layouts, const std::filesystem::path& file) {
    const Layout* found = nullptr;
    for (const Layout& layout : layouts) {
        if (layout.file_name.empty() || !read_file_name(layout, file.filename().native()))
            continue;
        if (found)
            return nullptr;
        found = &layout;
    }
    return found;
}

} // namespace tongka::harness::clearing
