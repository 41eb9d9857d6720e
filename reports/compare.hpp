#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "reports/record.hpp"
#include "reports/summary.hpp"

/// Two runs of the same suite, held against each other case by case.
namespace tongka::reports {

/// What became of a case from one run to the next, the worst first.
enum class Change { worse, other, better, same };

/// An exchange as far as it can be the same on two devices: random numbers, MACs and balances stay out of it.
struct Outline {
    std::string device, phase, step, command, status; ///< the command's header; status is empty where no answer came

    bool operator==(const Outline&) const = default;
};

/// The first exchange of a case that is another one; one side is absent where the case ended before it.
struct Difference {
    std::size_t number = 0; ///< of the exchange in its case, counted from 1
    std::optional<Outline> before, after;
};

/// A case of both runs.
struct CasePair {
    const Case* before;
    const Case* after;
    Change change;
    std::optional<Difference> difference;
};

struct Comparison {
    std::vector<CasePair> pairs;          ///< what got worse first; each kind as the later run had it
    std::vector<const Case*> added, gone; ///< cases of one run alone
    std::size_t unreached = 0;            ///< cases that a run did not come to before it was cut off

    [[nodiscard]] bool worse() const;
};

/// Whether `after` says something worse of a device than `before`: to begin to fail is worse than anything, an error or
/// no conclusion worse than a pass. From or to a case that did not run it is neither.
[[nodiscard]] Change change_of(Outcome before, Outcome after);

/// A run whose record is read: `pieces` goes back to it for the exchanges, of which those of one case are held at a
/// time.
struct Side {
    const Summary& summary;
    RecordPieces& pieces;
};

/// What makes another time of the device worth telling: its ratio, and what it is at least, for short ones are all
/// noise.
struct TimeBound {
    double ratio = 1.5;
    std::uint64_t us = 10'000;
};

/// The pairs of which one took longer than the bound allows, the greatest ratio first. Those with another number of
/// exchanges are left out: their times say nothing of the device.
struct TimeChanges {
    std::vector<const CasePair*> slower, faster;
};
[[nodiscard]] TimeChanges time_changes(const Comparison& comparison, TimeBound bound);

/// The comparison points to the cases of both summaries.
[[nodiscard]] core::Result<Comparison> compare(Side before, Side after);

} // namespace tongka::reports
