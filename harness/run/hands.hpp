#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "harness/language/check_result.hpp"
#include "harness/language/lookup.hpp"
#include "harness/language/model.hpp"
#include "harness/language/value.hpp"

namespace tongka::harness {

/// What the program of a case works with (Case::program): what it does is recorded as the steps of other cases are.
/// Once a check has not held, a device has not answered or the program has given up, the phase is over, and nothing
/// more is sent in it. `place` is file:line:column of what asks.
class Hands {
public:
    virtual ~Hands() = default;

    /// Sends an APDU or, `raw`, a TPDU; the answer has at least two bytes. An Error ends the phase.
    [[nodiscard]] virtual core::Result<core::Bytes> send(Role device, core::BytesView command, bool raw,
                                                         const std::string& place) = 0;

    /// Takes the power away during the command, and resets the device. Where it answers before it comes to that write,
    /// the case is inconclusive, and this an Error.
    [[nodiscard]] virtual core::Result<void> tear(Role device, core::BytesView command, Tear where,
                                                  const std::string& place) = 0;

    [[nodiscard]] virtual core::Result<void> reset(Role device) = 0;

    /// Runs a procedure of the suite with its parameters, and gives what it returns. An Error ends the phase.
    [[nodiscard]] virtual core::Result<std::map<std::string, Value>>
    call(const Procedure& procedure, const std::map<std::string, Value>& with, const std::string& place) = 0;

    /// Records a check, about the last exchange where there was one. One that does not hold ends the phase. Without
    /// `requirements` it is about all that the case covers.
    virtual void check(const CheckResult& result, const std::string& place, const std::optional<Words>& because,
                       const std::vector<std::string>& requirements) = 0;

    /// The program cannot go on: the case is in error.
    virtual void give_up(const Words& reason) = 0;
    /// What the case needs did not come about: it is inconclusive.
    virtual void leave_open(const Words& reason) = 0;

    [[nodiscard]] virtual bool is_over() const = 0;

    /// Keys, numbers and rules of the run.
    [[nodiscard]] virtual Lookup& lookup() = 0;
};

} // namespace tongka::harness
