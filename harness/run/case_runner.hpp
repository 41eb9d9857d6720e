#pragma once

#include "harness/language/environment.hpp"
#include "harness/plan/catalogue.hpp"
#include "harness/run/devices.hpp"
#include "harness/run/operator.hpp"
#include "harness/run/stopwatch.hpp"
#include "harness/run/trace.hpp"

namespace tongka::harness {

/// Who does the manual steps of a run, null for nobody, and the folder for what they attach.
struct Attendant {
    Operator* person = nullptr;
    std::filesystem::path attachments{};
};

/// Runs single cases on the devices of a run, and records what happens. All that it is given must outlive it.
class CaseRunner {
public:
    CaseRunner(const Devices& devices, Lookup& lookup, const Catalogue& catalogue, Trace& trace, Stopwatch& stopwatch,
               const Attendant& attendant)
        : devices_(devices), lookup_(lookup), catalogue_(catalogue), trace_(trace), stopwatch_(stopwatch),
          attendant_(attendant) {}

    /// Resets the devices of the case, does its setup, its steps until one fails, and always its cleanup. `afterwards`
    /// are procedures that set right again what the case has used up; they belong to the cleanup, and those that
    /// succeeded are told in `restored`.
    CaseResult run(const Case& test_case, const std::vector<const Procedure*>& afterwards,
                   std::vector<const Procedure*>& restored);

    /// Whether a device could not be reached at all in the last case: then there is no sense in going on.
    [[nodiscard]] bool device_lost() const { return device_lost_; }

private:
    /// Why a list of steps was left before its end.
    struct Stop {
        bool failed_check = false; ///< a check failed; else something was wrong with device, set-up or case
        bool inconclusive = false; ///< neither: what the case needs did not come about
        bool observation = false;
        bool told = false; ///< the reason tells the rows and rounds it is about
        Words reason;

        static Stop of(const core::Error& error) { return {.reason = Words::of_one(error.message)}; }
    };

    std::optional<Stop> run_phase(Phase phase, const std::vector<Step>& steps, Environment& environment);
    std::optional<Stop> run_steps(const std::vector<Step>& steps, const std::string& path, Environment& environment);
    std::optional<Stop> run_step(const Step& step, const std::string& path, Environment& environment);
    std::optional<Stop> run_loop(const Step& step, const std::string& path, Environment& environment);
    std::optional<Stop> run_once(const Step& step, const std::string& path, Environment& environment);
    std::optional<Stop> perform(const Step& step, const std::string& path, Environment& environment);
    std::optional<Stop> block(const Step& step, const Block& action, const std::string& path, Environment& environment);
    /// Sends the command and records the exchange; `answer` has at least two bytes where nothing is returned.
    std::optional<Stop> exchange(const Step& step, core::BytesView command, bool raw, const std::string& path,
                                 core::Bytes& answer);
    std::optional<Stop> send(const Step& step, const Send& action, const std::string& path, Environment& environment);
    std::optional<Stop> tear(const Step& step, Tear where, const std::string& path, core::BytesView command);
    std::optional<Stop> call(const Step& step, const Call& action, const std::string& path, Environment& environment);
    std::optional<Stop> ask(const Step& step, const Manual& action, const std::string& path);
    std::optional<Stop> check_time(const Step& step, const std::string& path, const Stopwatch::Reading& before);
    // program.cpp
    class OwnHands;
    std::optional<Stop> run_program(Phase phase);
    // do_action.cpp
    std::optional<Stop> act(const Step& step, const Do& action, const std::string& path, Environment& environment);
    std::optional<Stop> judge(const Step& step, const Do& action, const std::string& path, const Values& results,
                              Environment& environment);
    std::optional<Stop> reset(Role role);
    std::optional<Stop> begin(Role role);
    std::optional<Stop> record_check(const Step& step, const std::string& path, const CheckResult& result);

    const Devices& devices_;
    Lookup& lookup_;
    const Catalogue& catalogue_;
    Trace& trace_;
    Stopwatch& stopwatch_;
    const Attendant& attendant_;
    const Case* case_ = nullptr;
    Phase phase_ = Phase::setup;
    unsigned checks_ = 0;            ///< of the phase
    std::vector<const Step*> calls_; ///< the calls and blocks under way, outermost first
    Words turn_;                     ///< the rows and rounds under way: "row 2 (p1: 01): "
    bool device_lost_ = false;
};

} // namespace tongka::harness
