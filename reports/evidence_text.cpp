#include "reports/evidence_text.hpp"

#include <fmt/format.h>

#include "reports/vocabulary.hpp"

namespace tongka::reports {
namespace {

std::string line(std::string_view name, std::string_view value) {
    return value.empty() ? std::string() : fmt::format("{:<11} {}\n", name, value);
}

} // namespace

std::string evidence_text(const Case& which, Language language) {
    std::string text;
    for (const auto& [check, exchange, action] : which.failures) {
        text += fmt::format("\n{} {}\n", check.step, check.place);
        text += line("  because", check.because.in(language));
        text += line("  asked", action.name.empty() ? action.name : action.device + ": " + action.text());
        text += line("  sent", spaced(exchange.command));
        text += line("  received", grouped(check.received));
        text += line("  expected", grouped(check.expected));
        text += line("  difference", grouped(check.difference));
        text += line("  message", check.message.in(language));
    }
    text += line("\ncleanup", which.cleanup.in(language));
    return text;
}

std::string reason_text(const Case& which, Language language) {
    const auto& reason = which.reason.in(language);
    return reason.empty() ? std::string(outcome_words(which.outcome).in(language)) : reason;
}

} // namespace tongka::reports
