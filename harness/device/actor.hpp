#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "core/text.hpp"
#include "harness/device/action_values.hpp"
#include "harness/device/device.hpp"

namespace tongka::harness {

/// What a thing under test is that does whole actions, as reports say it.
struct ActorIdentity {
    std::string spec;    ///< as it was named: `sim:terminal`, the path of a file
    std::string name;    ///< what it calls itself
    std::string version; ///< empty where it has none
    std::string sha256;  ///< of the file under test, or of the program, upper-case hex; empty where there is none
};

/// The way to a device of the run. What goes over it stands in the record, in the step that asks for the action.
struct Line {
    /// An APDU and its whole answer (61xx and 6Cxx are followed). An Error is an answer that never came, as a card is
    /// that left the field: there is none until the action is over.
    std::function<core::Result<core::Bytes>(core::BytesView command)> transmit;
    std::function<core::Result<void>()> reset;
};

/// The devices of a case; what it does not talk to has no functions.
struct Lines {
    Line card;
    Line psam;
    Line isam;
};

/// A thing under test that does whole actions: a terminal, a clearing file, an issuer's host, a reader. Everywhere an
/// Error is about the set-up (the program is gone, a result that cannot be read), never about what was found.
class Actor {
public:
    virtual ~Actor() = default;

    [[nodiscard]] virtual const ActorIdentity& identity() const = 0;

    /// Before each case: the state it has when new, with nothing of the case before.
    [[nodiscard]] virtual core::Result<void> begin() = 0;

    /// Why it cannot be asked for this as it stands (a reader that no program can take the card out of): cases that ask
    /// for it are then not run. Of the arguments those that are words are given. Nothing where it can.
    [[nodiscard]] virtual std::optional<core::Text> why_not(std::string_view, const Values&) const { return {}; }

    /// Whether it can tell this result of an action; cases that ask for another one are not run.
    [[nodiscard]] virtual bool tells(std::string_view) const { return true; }

    /// Off and on again: it keeps what its memory keeps.
    [[nodiscard]] virtual core::Result<void> restart() = 0;

    /// Does one of the actions of harness/language/actions.hpp. `arguments` fit its table, and results must.
    [[nodiscard]] virtual core::Result<Values> act(std::string_view action, const Values& arguments,
                                                   const Lines& lines) = 0;
};

} // namespace tongka::harness
