#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "core/result.hpp"
#include "reports/record.hpp"
#include "reports/words.hpp"

namespace tongka::reports {

/// What became of a case or of a requirement, the worst first. A failure that breaks inferred requirements alone is an
/// observation, apart from conformance.
enum class Outcome { fail, error, inconclusive, observation, pass, not_run, not_applicable };
inline constexpr std::size_t outcome_count = 7;

/// As in the record's totals: `not_run`.
[[nodiscard]] std::string_view name_of(Outcome outcome);

class Totals {
public:
    std::size_t& operator[](Outcome outcome) { return counts_[static_cast<std::size_t>(outcome)]; }
    std::size_t operator[](Outcome outcome) const { return counts_[static_cast<std::size_t>(outcome)]; }
    [[nodiscard]] std::size_t sum() const;
    bool operator==(const Totals&) const = default;

private:
    std::array<std::size_t, outcome_count> counts_{};
};

struct RuleInForce {
    std::string name, value, standard_value, source, confidence; ///< standard_value: the rule's default
    Words title;
};

struct Device {
    std::string role, spec, reader, protocol, atr, uid, asn;
    std::string name, version, sha256; ///< of a terminal, a file, a host; it has none of the above but the spec
};

/// How many cases of the selection were left out, since they need these roles.
struct LeftOut {
    std::vector<std::string> missing;
    std::size_t cases = 0;
};

/// A run that was cut off went on.
struct Continuation {
    std::string started;    ///< when, ISO 8601
    std::string under_way;  ///< id of the case that was cut off; empty for none
    std::uint64_t at = 0;   ///< microseconds of the run by then; what lay between is not counted
    std::uint64_t lost = 0; ///< bytes of a line that was cut off
};

using Pairs = std::vector<std::pair<std::string, std::string>>;

/// The record's header: what was run, on what, under which rules.
struct Header {
    std::string tool, tool_version, suite_version, suite_sha256, profile, profile_sha256;
    std::vector<RuleInForce> rules;
    std::vector<std::pair<std::string, bool>> ics;
    Pairs ixit, host;
    std::vector<Device> devices;
    std::string seed, started, deviation, clause_map;
    std::vector<std::string> selection;
    std::vector<LeftOut> left_out;
};

struct Exchange {
    std::string device, phase, step, place, command,
        response;                                           ///< command and response in hex, response empty when lost
    Words reason;                                           ///< why a simulated device answered so
    std::uint64_t at = 0, us = 0;                           ///< microseconds since the start; taken
    std::vector<std::pair<std::string, std::string>> tpdus; ///< command, response
};

/// What something under test was asked to do, or what came of it: its arguments or its results.
struct Action {
    std::string device, phase, step, place, name, error; ///< error: why nothing came of it
    Pairs values;
    std::uint64_t us = 0; ///< taken; of what came of it

    /// "purchase amount=100 date=20991231".
    [[nodiscard]] std::string text() const;
};

struct Check {
    bool pass = false;
    std::string phase, step, place, expected, received, difference;
    Words because, message;
    std::vector<std::string> requirements;
};

/// A check that did not hold, with the exchange of its step (its command is empty where the step sent nothing), or with
/// the action of its step (its name is empty where the step asked for none).
struct FailedCheck {
    Check check;
    Exchange exchange;
    Action action{};
};

struct Requirement {
    std::string id, standard, level, edition, clause, basis, confidence, testable; ///< clause is empty where unknown
    Words title, rule;
    Outcome outcome = Outcome::not_run;
    std::vector<std::size_t> cases; ///< indices into Summary::cases
};

/// A file that an operator attached to a manual step.
struct Attachment {
    std::string name, sha256; ///< in `attachments/`; upper-case hex
    std::uint64_t bytes = 0;
};

struct Case {
    std::string id, standard, device, source;
    Words title, reason, cleanup; ///< reason: why it did not pass, or did not run; cleanup: why that failed, or empty
    std::vector<std::string> covers;
    Outcome outcome = Outcome::not_run;
    std::size_t checks = 0, exchanges = 0;
    std::uint64_t at = 0, us = 0, device_us = 0; ///< device_us: what its exchanges took together
    std::vector<FailedCheck> failures;           ///< of setup, steps and cleanup
    std::vector<Attachment> attachments;
    Exchange last; ///< its last exchange, where it ended in an error
    std::vector<Span>
        spans; ///< where its resets, exchanges, actions and checks stand; one span unless cases ran side by side
};

/// All that reports need to hold of a run. Its size grows with cases, requirements and failures, not with exchanges.
struct Summary {
    Header header;
    std::vector<Continuation> continuations;
    std::vector<Requirement> requirements;
    std::vector<Case> cases;
    Totals totals;
    RecordState state;
    bool complete = false; ///< the record has its `end`
    std::uint64_t us = 0;  ///< from the start to the last thing recorded
    std::size_t exchanges = 0;
};

[[nodiscard]] core::Result<Summary> summarize(const std::filesystem::path& record);

} // namespace tongka::reports
