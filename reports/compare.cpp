#include "reports/compare.hpp"

#include <algorithm>
#include <functional>
#include <tuple>
#include <unordered_map>

#include <nlohmann/json.hpp>

#include "reports/record_lines.hpp"

namespace tongka::reports {
namespace {

/// How bad an outcome is, from 0 for a pass; none where the case did not run.
std::optional<int> badness(Outcome outcome) {
    switch (outcome) {
    case Outcome::pass:
        return 0;
    case Outcome::observation:
        return 1;
    case Outcome::inconclusive:
    case Outcome::error:
        return 2;
    case Outcome::fail:
        return 3;
    case Outcome::not_run:
    case Outcome::not_applicable:
        return {};
    }
    return {};
}

constexpr std::size_t header_digits = 8;
constexpr std::size_t status_digits = 4;

Outline outline_of(Exchange exchange) {
    const auto& response = exchange.response;
    return {std::move(exchange.device), std::move(exchange.phase), std::move(exchange.step),
            exchange.command.substr(0, header_digits),
            response.size() < status_digits ? response : response.substr(response.size() - status_digits)};
}

core::Result<std::vector<Outline>> outlines_of(const Case& which, RecordPieces& pieces) {
    std::vector<Outline> outlines;
    outlines.reserve(which.exchanges);
    const auto take = [&](const RecordLine& line) -> core::Result<void> {
        if (line.kind == "exchange")
            outlines.push_back(outline_of(exchange_of(line.value)));
        return {};
    };
    for (const auto& span : which.spans)
        TONGKA_CHECK(pieces.visit(span, take));
    return outlines;
}

core::Result<std::optional<Difference>> first_difference(const CasePair& pair, Side before, Side after) {
    TONGKA_TRY(const auto old_ones, outlines_of(*pair.before, before.pieces));
    TONGKA_TRY(const auto new_ones, outlines_of(*pair.after, after.pieces));
    const auto at = std::ranges::mismatch(old_ones, new_ones);
    if (at.in1 == old_ones.end() && at.in2 == new_ones.end())
        return std::optional<Difference>();
    Difference difference;
    difference.number = static_cast<std::size_t>(at.in1 - old_ones.begin()) + 1;
    if (at.in1 != old_ones.end())
        difference.before = *at.in1;
    if (at.in2 != new_ones.end())
        difference.after = *at.in2;
    return std::optional(std::move(difference));
}

/// A run that was cut off tells nothing of the cases it did not end.
bool unreached(const Summary& summary, const Case& which) {
    return !summary.complete && which.outcome == Outcome::not_run;
}

bool ran(const Case& which) {
    return badness(which.outcome).has_value();
}

/// What began to fail stands before what has no verdict now, and the greater step before the smaller.
auto order_of(const CasePair& pair) {
    return std::tuple(pair.change, -badness(pair.after->outcome).value_or(-1),
                      badness(pair.before->outcome).value_or(4));
}

double ratio_of(std::uint64_t longer, std::uint64_t shorter) {
    return static_cast<double>(longer) / static_cast<double>(std::max<std::uint64_t>(shorter, 1));
}

bool longer_by(TimeBound bound, std::uint64_t longer, std::uint64_t shorter) {
    return longer > shorter && longer - shorter >= bound.us && ratio_of(longer, shorter) > bound.ratio;
}

} // namespace

Change change_of(Outcome before, Outcome after) {
    if (before == after)
        return Change::same;
    const auto was = badness(before);
    const auto is = badness(after);
    if (!was || !is)
        return Change::other;
    if (*is > *was)
        return Change::worse;
    // A failure that ends in an error now is not mended.
    return *is < *was && *is < badness(Outcome::error) ? Change::better : Change::other;
}

bool Comparison::worse() const {
    return !pairs.empty() && pairs.front().change == Change::worse;
}

core::Result<Comparison> compare(Side before, Side after) {
    std::unordered_map<std::string_view, const Case*> old_cases;
    for (const auto& one : before.summary.cases)
        old_cases.emplace(one.id, &one);

    Comparison made;
    for (const auto& one : after.summary.cases) {
        const auto found = old_cases.find(one.id);
        if (found == old_cases.end()) {
            made.added.push_back(&one);
            continue;
        }
        const Case& old_one = *found->second;
        old_cases.erase(found);
        if (unreached(before.summary, old_one) || unreached(after.summary, one)) {
            ++made.unreached;
            continue;
        }
        CasePair pair{&old_one, &one, change_of(old_one.outcome, one.outcome), {}};
        if (ran(old_one) && ran(one)) {
            TONGKA_TRY(pair.difference, first_difference(pair, before, after));
        }
        made.pairs.push_back(std::move(pair));
    }
    for (const auto& one : before.summary.cases)
        if (old_cases.contains(one.id))
            made.gone.push_back(&one);
    std::ranges::stable_sort(made.pairs, {}, order_of);
    return made;
}

TimeChanges time_changes(const Comparison& comparison, TimeBound bound) {
    TimeChanges changes;
    for (const auto& pair : comparison.pairs) {
        if (pair.before->exchanges != pair.after->exchanges)
            continue;
        if (longer_by(bound, pair.after->device_us, pair.before->device_us))
            changes.slower.push_back(&pair);
        else if (longer_by(bound, pair.before->device_us, pair.after->device_us))
            changes.faster.push_back(&pair);
    }
    std::ranges::stable_sort(changes.slower, std::greater(), [](const CasePair* pair) {
        return ratio_of(pair->after->device_us, pair->before->device_us);
    });
    std::ranges::stable_sort(changes.faster, std::greater(), [](const CasePair* pair) {
        return ratio_of(pair->before->device_us, pair->after->device_us);
    });
    return changes;
}

} // namespace tongka::reports
