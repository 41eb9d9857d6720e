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
    enum class Status {
        selected,
        not_applicable,
        not_run,
        left_out, ///< needs a role that the run was not offered, and was not asked for by its id: no part of the run
    };

    const Case* test_case = nullptr;
    Status status = Status::selected;
    CatalogueText reason;        ///< why it does not run
    std::vector<Role> missing{}; ///< the roles that it needs and the run was not offered
};

/// How many cases were left out since they need these roles.
struct LeftOut {
    std::vector<Role> missing;
    std::size_t cases = 0;
};

/// By the roles that are missing, in the order in which they first come.
[[nodiscard]] std::vector<LeftOut> left_out(const std::vector<PlannedCase>& plan);

/// The option that offers a role: `--device` for a card.
[[nodiscard]] std::string option_of(Role role);

/// What a run does: the cases that fit `selection`, in the order of the suite. Terms are ids of cases, ids of
/// requirements, standards (`cjt304`), each with `*` and `?`; none selects everything. An Error for a term that fits
/// nothing, for a requirement that the catalogue does not have, an id given twice, an ICS key that is not declared.
/// `offered` are the roles at hand; a case that needs another one is not run where `selection` has its id, else it is
/// left out.
[[nodiscard]] core::Result<std::vector<PlannedCase>> make_plan(const Suite& suite, const Catalogue& catalogue,
                                                               const Declaration& declaration, const core::Rules& rules,
                                                               std::span<const std::string> selection,
                                                               std::span<const Role> offered);

} // namespace tongka::harness
