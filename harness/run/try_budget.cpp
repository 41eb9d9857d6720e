#include "harness/run/try_budget.hpp"

#include <fmt/format.h>

namespace tongka::harness {

core::Result<void> TryBudget::take(const Tries& spent) {
    if (limited_)
        for (const auto& [kind, count] : spent) {
            const auto allowed = allowed_.find(kind);
            if (allowed == allowed_.end())
                return core::fail(fmt::format("spends {} wrong {} tries, and the declaration does not say how many "
                                              "the device allows (tries: {{{}: …}})",
                                              count, kind, kind));
            const auto gone = taken_.contains(kind) ? taken_.at(kind) : 0;
            if (gone + count >= allowed->second)
                return core::fail(fmt::format("spends {} wrong {} tries: with {} of {} gone the device could block",
                                              count, kind, gone, allowed->second));
        }
    for (const auto& [kind, count] : spent)
        taken_[kind] += count;
    return {};
}

} // namespace tongka::harness
