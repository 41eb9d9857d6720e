#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "core/rules.hpp"
#include "harness/language/model.hpp"
#include "harness/plan/catalogue.hpp"
#include "harness/plan/declaration.hpp"

namespace tongka::harness {

/// A case that was asked for, and whether it is going to run.
struct PlannedCase {
    enum class Status { selected, not_applicable, not_run };

    const Case* test_case = nullptr;
    Status status = Status::selected;
    CatalogueText reason; ///< why it does not run
};

/// What a run does: the cases that fit `selection`, in the order of the suite. Terms are ids of cases, ids of
/// requirements, standards (`cjt304`), each with `*` and `?`; none selects everything. An Error for a term that fits
/// nothing, for a requirement that the catalogue does not have, an id given twice, an ICS key that is not declared.
/// `devices` are the roles at hand; a case that needs another one is not run.
[[nodiscard]] core::Result<std::vector<PlannedCase>> make_plan(const Suite& suite, const Catalogue& catalogue,
                                                               const Declaration& declaration, const core::Rules& rules,
                                                               std::span<const std::string> selection,
                                                               std::span<const Role> devices);

} // namespace tongka::harness
