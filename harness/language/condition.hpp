#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/document/node.hpp"
#include "core/result.hpp"
#include "core/rules.hpp"
#include "harness/language/words.hpp"

namespace tongka::harness {

/// What a device claims (ICS): key → supported or not.
using Claims = std::map<std::string, bool, std::less<>>;

/// What ICS keys are called: key → title (harness/plan/proforma.hpp).
using KeyTitles = std::map<std::string, Words, std::less<>>;

/// Whether a case applies, and why it does or does not: "not declared: CAPP (composite purchase)".
struct Applicability {
    bool applies = true;
    Words reason{};
};

/// `applies`, a tree over ICS keys and rules.
struct Condition {
    enum class Kind : std::uint8_t { key, rule_is, rule_is_not, negation, conjunction, disjunction };

    Kind kind = Kind::key;
    std::size_t begin = 0;             ///< offset into the scalar
    std::string name{};                ///< of a key or a rule
    std::string choice{};              ///< of a rule
    std::vector<Condition> operands{}; ///< one of a negation, two or more of the others
};

/// A condition and the scalar it was read from.
struct AppliesClause {
    core::document::Node source;
    Condition root;
};

/// Reads `EP and (not ED or rule(log-counter) == before)`; `not` binds tighter than `and`, `and` than `or`. Rules and
/// their choices are looked up, ICS keys are not: they are known with the device.
[[nodiscard]] core::Result<AppliesClause> parse_condition(const core::document::Node& node, std::string_view what);

/// Every key must be declared, also where it does not decide: an Error names one that is not, and the nearest that is.
/// A key without a title stands in the reason by itself.
[[nodiscard]] core::Result<Applicability> evaluate(const AppliesClause& clause, const Claims& claims,
                                                   const core::Rules& rules, const KeyTitles& titles = {});

/// The ICS keys that a condition names, each once, in the order of the alphabet.
[[nodiscard]] std::set<std::string> keys_of(const Condition& condition);

} // namespace tongka::harness
