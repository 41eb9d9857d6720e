#pragma once

#include <iosfwd>
#include <vector>

#include "core/rules.hpp"
#include "core/text.hpp"
#include "harness/plan/declaration.hpp"

namespace tongka::cli::ics {

/// What is asked, of whom, and what is proposed.
struct Questions {
    const std::vector<const harness::Proforma*>& kinds;
    const harness::Declaration& proposed; ///< answers that an empty line takes over
    const core::Rules& rules;
    core::Language language;
    bool echoes = false; ///< ends the line of each question, where no terminal shows the answers
};

/// Asks question by question, and passes over those that do not apply by the answers so far. An empty line takes what
/// is proposed, `?` explains, `back` goes back to the question before. Each answer is checked at once. An Error where
/// the input ends before the last answer.
[[nodiscard]] core::Result<harness::Declaration> ask(const Questions& questions, std::istream& in, std::ostream& out);

} // namespace tongka::cli::ics
