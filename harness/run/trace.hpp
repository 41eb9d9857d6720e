#pragma once

#include <chrono>
#include <string>

#include "harness/device/apdu.hpp"
#include "harness/language/check_result.hpp"
#include "harness/language/model.hpp"
#include "harness/language/words.hpp"
#include "harness/run/operator.hpp"
#include "harness/run/record_writer.hpp"

namespace tongka::harness {

enum class Phase { setup, steps, cleanup };
enum class Verdict { pass, fail, inconclusive, error };

[[nodiscard]] constexpr std::string_view name(Phase phase) {
    return phase == Phase::setup ? "setup" : phase == Phase::steps ? "steps" : "cleanup";
}
[[nodiscard]] constexpr std::string_view name(Verdict verdict) {
    constexpr std::string_view names[] = {"pass", "fail", "inconclusive", "error"};
    return names[static_cast<std::size_t>(verdict)];
}

/// How a case ended.
struct CaseResult {
    Verdict verdict = Verdict::pass;
    bool observation = false; ///< a fail that breaks inferred requirements alone
    Words reason;             ///< where it did not pass
    Words cleanup;            ///< where the cleanup failed
    unsigned checks = 0;
};

/// Where in a case something happens: `setup[0]/purse-at-least[1]`.
struct Position {
    Phase phase;
    const std::string& step;
    const std::string& place; ///< file:line:column
};

/// `place` without the folder it begins with (`prefix` ends with a slash): `cases/cjt304/purchase.yaml:12:5`.
[[nodiscard]] std::string_view place_in(std::string_view prefix, std::string_view place);

/// Writes what happens in a case to the record (docs/record.md).
class Trace {
public:
    using Moment = std::chrono::steady_clock::time_point;

    /// Places are told from `folder`, the suite's, on: the record should read the same on every machine.
    Trace(RecordWriter& record, Moment start, const std::filesystem::path& folder)
        : record_(record), start_(start), prefix_((folder / "").native()) {}

    /// The line is handed to the system before anything is sent to a device, and where `surely`, is on the disk by
    /// then.
    void begin(const Case& test_case, bool surely);
    void reset(Role device, Phase phase);
    /// `response` is empty for a lost answer. PINs are hidden.
    void exchange(Role device, const Position& position, Moment sent, Moment answered, core::BytesView command,
                  core::BytesView response, std::string_view reason, const std::vector<Exchange>& tpdus);
    /// An action that is asked for, and what came of it: two lines, with the exchanges between them. Secrets are
    /// hidden.
    void action(Role actor, const Position& position, Moment asked, const Do& action, const Values& arguments);
    void outcome(Role actor, const Position& position, Moment asked, Moment answered, const Do& action,
                 const core::Result<Values>& results);
    void check(const Position& position, const CheckResult& result, const std::optional<Words>& because,
               const std::vector<std::string>& requirements);
    /// A file that an operator has attached.
    void attachment(const Position& position, const Attachment& attachment);
    void end(const CaseResult& result);
    /// The end of a case that is not done at all.
    void refuse(const Case& test_case, const CaseResult& result);
    /// A run that was cut off goes on now; `host` and `started` are of its new part.
    void resume(const Json& host, const std::string& started, const std::string& under_way, std::uint64_t lost);

    /// Microseconds since the run began.
    [[nodiscard]] std::uint64_t at(Moment moment) const;

private:
    [[nodiscard]] JsonLine line_of(std::string_view kind, Role actor, const Position& position, const Do& action) const;

    RecordWriter& record_;
    Moment start_;
    std::string prefix_;
    std::string case_;
    Moment case_began_;
};

} // namespace tongka::harness
