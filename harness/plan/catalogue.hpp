#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace tongka::harness {

/// A text in both languages, as the catalogue holds it.
struct CatalogueText {
    std::string zh;
    std::string en;
};

/// One rule of a standard, under an id that never changes (testcases/catalogue).
struct Requirement {
    std::string id;       ///< `304-PUR-012`
    std::string standard; ///< `cjt304`, `cjt333` or `gbt31778`: the file it stands in
    CatalogueText title;
    CatalogueText rule; ///< in our own words
    std::string level;  ///< shall, should, may
    std::string edition;
    std::string clause;     ///< empty where it is not known
    std::string basis;      ///< the best public text
    std::string confidence; ///< verified, single-source, inferred
    std::string testable;   ///< apdu, timing, terminal, file, message, reader, inspection
    CatalogueText inspect;  ///< what an inspector looks at, asks for and keeps; of an inspection alone
    std::string source;     ///< file:line:column

    [[nodiscard]] bool is_inferred() const { return confidence == "inferred"; }
    [[nodiscard]] bool is_inspection() const { return testable == "inspection"; }
};

class Catalogue {
public:
    /// Reads every `*.yaml` of a folder; the file's name is the standard's.
    [[nodiscard]] static core::Result<Catalogue> load(const std::filesystem::path& folder);

    /// Takes clauses, and editions where they are given, from whoever owns the texts: a file of `id: "8.4.8.12"` or
    /// `id: {clause: "8.4.8.12", edition: "2017"}`. An Error for an id that is not there.
    [[nodiscard]] core::Result<void> apply_clause_map(const std::filesystem::path& path);

    [[nodiscard]] const std::vector<Requirement>& requirements() const { return requirements_; }
    [[nodiscard]] const Requirement* find(std::string_view id) const;
    /// For an id that is not there: the message, with the nearest id.
    [[nodiscard]] std::string unknown(std::string_view id) const;

private:
    std::vector<Requirement> requirements_;
    std::map<std::string, std::size_t, std::less<>> by_id_;
};

/// The standards, in the order of reports.
inline constexpr std::string_view standards[] = {"cjt304", "cjt333", "gbt31778"};

} // namespace tongka::harness
