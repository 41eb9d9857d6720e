#include "simulator/terminal/terminal_outcome.hpp"

namespace tongka::simulator {
namespace {

constexpr bool is_locked(std::uint16_t sw) {
    return sw == 0x6A81 || sw == 0x6283 || sw == 0x9303; // standards.md 9 row 7; clauses.md J.2
}

RefusalReason reason_of_card(const StepFailure& failure) {
    if (!failure.status_word)
        return failure.answered ? RefusalReason::card_unreadable : RefusalReason::card_left;
    const auto sw = *failure.status_word;
    if (failure.what == "SELECT the application")
        return is_locked(sw) ? RefusalReason::application_locked : RefusalReason::card_unreadable;
    if (failure.what == "READ BINARY 0015")
        return RefusalReason::card_unreadable;
    if (failure.what == "READ RECORD")
        return RefusalReason::no_composite_record;
    if (failure.what == "VERIFY" || (failure.what == "INITIALIZE FOR LOAD" && sw == 0x6982))
        return RefusalReason::pin_wrong;
    switch (sw) {
    case 0x9303:
        return RefusalReason::application_locked;
    case 0x9401:
        return RefusalReason::insufficient_balance;
    case 0x9403:
        return RefusalReason::key_missing;
    case 0x9302:
        return RefusalReason::mac1_wrong;
    default:
        return RefusalReason::card_refused;
    }
}

RefusalReason reason_of_isam(const StepFailure& failure) {
    if (failure.status_word == 0x9401 || failure.status_word == 0x9402 ||
        (failure.status_word == 0x6985 && failure.what == "MAC2 of the load"))
        return RefusalReason::load_limit_used_up;
    return failure.status_word == 0x9403 || failure.status_word == 0x6A88 ? RefusalReason::key_missing
                                                                          : RefusalReason::isam_refused;
}

} // namespace

std::string_view name(TerminalOutcome::Result result) {
    constexpr std::string_view names[] = {"accepted", "refused", "unknown"};
    return names[static_cast<std::size_t>(result)];
}

TerminalOutcome refused(RefusalReason reason, std::string detail) {
    return {.result = TerminalOutcome::Result::refused, .reason = reason, .detail = std::move(detail)};
}

TerminalOutcome refused(const StepFailure& failure) {
    auto reason = RefusalReason::psam_refused;
    if (failure.device == "card")
        reason = reason_of_card(failure);
    else if (failure.device == "ISAM")
        reason = reason_of_isam(failure);
    else if (failure.status_word == 0x9403 || failure.status_word == 0x6A88)
        reason = RefusalReason::key_missing;
    return refused(reason, failure.error().message);
}

} // namespace tongka::simulator
