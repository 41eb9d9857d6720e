#pragma once

#include <string>
#include <vector>

#include "core/rules.hpp"
#include "harness/plan/declaration.hpp"
#include "harness/plan/proforma.hpp"

namespace tongka::harness {

/// Something wrong with a declaration.
struct DeclarationFinding {
    enum class Kind : std::uint8_t {
        unknown,      ///< a name that no proforma has
        value,        ///< a value of the wrong width or format
        missing,      ///< an answer or a value that is needed
        mandatory,    ///< declared as not supported, though the standard demands it
        inconsistent, ///< claims that do not go together
    };

    Kind kind;
    std::string place; ///< file:line:column
    std::string name;  ///< the ICS key, IXIT name or kind of tries; of an inconsistency, the first key of the rule
    Words text;
};

/// Names that no proforma has, with the nearest, and values of the wrong width or format.
[[nodiscard]] std::vector<DeclarationFinding> check_names(const Declaration& declaration, const Proformas& proformas);

/// All that is wrong with it, in the order of the proformas. A declaration is of those kinds of which it has any key;
/// of each of them every question must be answered that is asked, by what is declared and by the rules of the profile.
[[nodiscard]] std::vector<DeclarationFinding> check_declaration(const Declaration& declaration,
                                                                const Proformas& proformas, const core::Rules& rules);

/// Whether a condition holds for what is declared; a key that is not declared counts as not supported.
[[nodiscard]] bool holds(const AppliesClause& clause, const Claims& claims, const core::Rules& rules);

/// The kinds of which a declaration has any key, in the order of the proformas.
[[nodiscard]] std::vector<const Proforma*> kinds_of(const Declaration& declaration, const Proformas& proformas);

/// What is asked by the answers given so far.
[[nodiscard]] bool is_asked(const ProformaItem& item, const Claims& claims, const core::Rules& rules);
[[nodiscard]] bool is_asked(const ProformaValue& value, const Claims& claims, const core::Rules& rules);

} // namespace tongka::harness
