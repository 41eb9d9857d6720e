#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/document/node.hpp"
#include "harness/device/device.hpp"
#include "harness/language/actions.hpp"
#include "harness/language/comparison.hpp"
#include "harness/language/condition.hpp"
#include "harness/language/expectation.hpp"
#include "harness/language/expression.hpp"
#include "harness/language/pattern.hpp"
#include "harness/language/template.hpp"
#include "harness/language/type.hpp"
#include "harness/language/within.hpp"
#include "harness/language/words.hpp"

/// Cases and procedures as the loader leaves them: checked, so that what can still go wrong is told by evaluation.
namespace tongka::harness {

/// `name: expression`; `key` is the name with its place.
struct Binding {
    core::document::Node key;
    Formula formula;

    [[nodiscard]] const std::string& name() const { return key.text; }
};

/// `new-name: returned-name` of a call.
struct Give {
    core::document::Node name;
    core::document::Node returned;
};

struct Procedure;

struct Send {
    bool raw = false; ///< `send-raw`: no T=0 handling
    Template command;
    Pattern expect;
    std::optional<Tear> tear{}; ///< the answer is lost, and `expect` not asked
};

struct Let {
    std::vector<Binding> bindings{};
};

struct Check {
    Comparison comparison;
};

struct Call {
    core::document::Node name;
    const Procedure* procedure = nullptr; ///< never null in a Suite
    std::vector<Binding> with{};
    std::vector<Give> gives{};
};

/// Of the step's device.
struct Reset {};

/// An argument of `do`: an expression or, where the table asks for a word, that word.
struct ActionArgument {
    const ActionSlot* slot = nullptr;
    Formula formula;
    std::string word{};
};

/// What an answer becomes on its way: these bytes from the n-th on, counted from 1; all of it where that is 0.
struct Spoil {
    unsigned from = 0;
    core::Bytes bytes{};
};

/// What happens to a device while something under test acts on it: at the first command that begins with `command` it
/// loses its power at a write to its memory, or its answer is lost or altered.
struct Cut {
    Role device = Role::card;
    core::Bytes command{};
    std::optional<Tear> tear{};
    std::optional<Spoil> spoil{}; ///< with neither the command is done, and the answer lost
};

/// Asks the step's device, which is under test, to do something.
struct Do {
    const ActionInfo* action = nullptr;
    std::vector<ActionArgument> with{};
    std::vector<Expectation> expect{};
    std::vector<Give> gives{};
    std::optional<Cut> cut{};
};

/// Asks an operator, whose answer is a check.
struct Manual {
    Words asks{};
};

struct Step;

/// Steps that belong together.
struct Block {
    std::vector<Step> steps;
};

using Action = std::variant<Send, Let, Check, Call, Reset, Block, Do, Manual>;

/// A row of `for-each`: name → expression.
struct Row {
    core::document::Node source;
    std::vector<Binding> cells{};
};

struct Repeat {
    core::document::Node source;
    unsigned times = 1;
};

/// What `repeat` counts its rounds with, from 1, in one byte.
constexpr std::string_view round_name = "round";

struct Step {
    std::string place; ///< file:line:column
    Role device = Role::card;
    std::optional<Words> because{};
    std::vector<std::string> requirements{}; ///< what its checks are about; empty for all that the case covers
    std::optional<Comparison> when{};
    std::vector<Row> rows{};        ///< done once for each; empty for once
    std::optional<Repeat> repeat{}; ///< for each row
    std::optional<Within> within{};
    Action action;

    [[nodiscard]] bool is_loop() const { return !rows.empty() || repeat; }
};

/// A parameter of a procedure, or what it returns.
struct Slot {
    core::document::Node key;
    Type type{};

    [[nodiscard]] const std::string& name() const { return key.text; }
};

struct Procedure {
    std::string name;
    std::string place;
    Words title{};
    std::vector<Role> devices{}; ///< the first is where steps go that name no other
    std::vector<Slot> params{};
    std::vector<Slot> returns{};
    std::vector<Step> steps{};
};

/// Tries that a case uses up on a real device: of what (`mac`, `pin`, …) → how many.
using Spends = std::map<std::string, unsigned, std::less<>>;

/// What a case needs of those who run it.
struct Needs {
    std::vector<Role> torn{}; ///< devices that it tears: not all can be
    bool someone = false;     ///< an operator, for its manual steps
    bool stopwatch = false;   ///< it has steps that may take only so long
};

class Hands;

/// What of a case a program is asked for: the phases of a run.
enum class ProgramPart { setup, steps, cleanup };

/// A case that is no YAML: does one part of it at a time (harness/run/hands.hpp).
using Program = std::function<void(Hands&, ProgramPart)>;

struct Case {
    std::string id;
    std::string standard; ///< the folder of its file: cjt304, cjt333, gbt31778
    std::string place;    ///< file:line:column
    Words title{};
    std::string kept{};                ///< why it is kept though no deviation is for it; empty where one is
    std::vector<std::string> covers{}; ///< requirement ids, in the order written
    std::optional<AppliesClause> applies{};
    std::vector<Role> devices{}; ///< the first that takes commands is where steps go that name no other
    Words destructive{};         ///< what it does to a device for good; empty where it leaves it as it was
    Spends spends{};
    Needs needs{};
    std::vector<Binding> vars{};
    std::vector<Step> setup{};
    std::vector<Step> steps{};
    std::vector<Step> cleanup{};
    Program program{}; ///< stands for setup, steps and cleanup; empty for none
};

/// Everything that was loaded. Steps point into `procedures`, so a Suite moves but is not copied.
struct Suite {
    std::vector<Case> cases{};
    std::map<std::string, Procedure, std::less<>> procedures{};

    Suite() = default;
    Suite(Suite&&) = default;
    Suite& operator=(Suite&&) = default;
    Suite(const Suite&) = delete;
    Suite& operator=(const Suite&) = delete;
};

} // namespace tongka::harness
