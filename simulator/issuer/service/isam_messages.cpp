#include <algorithm>

#include "core/crypto/derivation.hpp"
#include "core/crypto/secure_messaging.hpp"
#include "simulator/issuer/service/isam_limit.hpp"
#include "simulator/issuer/service/service.hpp"

namespace tongka::simulator {

using core::Byte;
using core::Bytes;
using core::BytesView;

core::Result<core::Key> Service::isam_key(std::string_view kind, Byte index, const IsamSerial& isam) {
    return keys_.diversify({std::string(kind), index, 1}, {&isam, 1});
}

Service::Answer Service::isam_log_in(const TerminalNumber& terminal, const Values& values) {
    if (values.array<6>("terminal") != terminal)
        return Code::malformed;
    TONGKA_TRY(const auto isam, isams_.find(values.array<8>("isam")));
    if (!isam)
        return Code::unknown_isam;
    if (isam->blocked)
        return Code::isam_blocked;
    const Bytes& random = values.bytes("random");
    if (std::ranges::all_of(random, [](Byte byte) { return byte == 0; }) &&
        !deviations_.has(HostDeviation::log_in_without_random))
        return Code::no_random;
    TONGKA_TRY(auto session, isams_.session(isam->serial));
    // A log-in that is not over is gone on with: the limit of before is all that it has. One that ended before its
    // limit came into the SAM can have nothing loaded, and makes room for another.
    if (session && session->until < moment() && !session->first_serial) {
        TONGKA_CHECK(isams_.close(session->batch, {}));
        session.reset();
    }
    if (!session || deviations_.has(HostDeviation::limit_granted_again)) {
        const bool all = deviations_.has(HostDeviation::limit_ignored);
        TONGKA_TRY(session, isams_.grant(*isam, all ? 0xFFFFFFFF : isam->most, moment(log_in_lasts), terminal));
    }
    if (!session)
        return Code::no_limit;
    TONGKA_CHECK(isams_.logged_in(session->batch, terminal));
    TONGKA_TRY(const auto key, isam_key("UK", 1, isam->serial));
    return Values()
        .set("response-code", 0, 1)
        .set("cryptogram", core::external_authentication(key, random))
        .set("limit-amount", session->amount, 4)
        .set("limit-time", session->until)
        .set("settle-date", BytesView(moment()).first(4))
        .set("batch", session->batch, 3);
}

core::Result<std::optional<core::message::ResponseCode>>
Service::refuse_opening(const IsamSession& session, const IsamSerial& isam, std::uint32_t serial) {
    TONGKA_TRY(const auto entry, isams_.find(isam));
    if (!entry || entry->blocked)
        return Code::isam_blocked;
    // A SAM that has loaded since its limit was opened would get all of it once more.
    const bool has_loaded = session.first_serial && *session.first_serial != serial;
    if (session.state != SessionState::open || session.until < moment() ||
        (has_loaded && !deviations_.has(HostDeviation::limit_opened_again)))
        return Code::session_over;
    return std::nullopt;
}

Service::Answer Service::isam_limit(const TerminalNumber& terminal, const Values& values) {
    const auto serial = values.array<8>("isam");
    const auto batch = static_cast<std::uint32_t>(values.number("batch"));
    TONGKA_TRY(const auto session, isams_.session(serial));
    if (!session || (session->terminal != terminal && !deviations_.has(HostDeviation::log_in_of_any_terminal)))
        return Code::not_logged_in;
    if (session->batch != batch)
        return Code::other_batch;
    const auto counter = static_cast<std::uint32_t>(values.number("serial"));
    const auto left = static_cast<std::uint32_t>(values.number("left"));
    const Byte action = values.byte("action");
    IsamLimit limit{.amount = session->amount, .until = session->until, .batch = batch};
    if (action == IsamLimit::open) {
        TONGKA_TRY(const auto why, refuse_opening(*session, serial, counter));
        if (why)
            return *why;
        TONGKA_CHECK(isams_.opened(batch, counter));
    } else if (action == IsamLimit::close) {
        // A load takes a fen at least, and an amount that is gone went in loads.
        const std::uint32_t loads = counter - session->first_serial.value_or(counter);
        const std::uint32_t gone = session->amount - std::min(left, session->amount);
        // What was closed once may have been loaded from since only if the SAM never got to know of it.
        if (left > session->remaining.value_or(session->amount) || counter < session->first_serial.value_or(counter) ||
            counter < session->last_serial.value_or(counter) || loads > gone || (loads == 0 && gone > 0))
            return Code::wrong_sums;
        TONGKA_CHECK(isams_.closing(batch, counter, left));
        limit.amount = left;
        limit.until = {};
    } else {
        return Code::malformed;
    }
    TONGKA_TRY(const auto key, isam_key("SMK", 0, serial));
    return Values()
        .set("response-code", 0, 1)
        .set("limit-amount", limit.amount, 4)
        .set("limit-time", limit.until)
        .set("batch", batch, 3)
        .set("mac", isam_limit_mac(key, rules_, values.bytes("challenge"), limit))
        .set("granted", session->amount, 4)
        .set("first-serial", session->first_serial.value_or(counter), 4);
}

Service::Answer Service::isam_log_out(const TerminalNumber& terminal, const Values& values) {
    const auto serial = values.array<8>("isam");
    const auto number = [&](std::string_view field) { return static_cast<std::uint32_t>(values.number(field)); };
    const IsamSums sums{number("load-count"), number("load-amount"), number("deposit-amount")};
    const auto done = Values().set("response-code", 0, 1);
    TONGKA_TRY(auto session, isams_.session(serial, number("batch")));
    if (!session && deviations_.has(HostDeviation::log_out_of_any_batch)) {
        TONGKA_TRY(session, isams_.session(serial));
    }
    if (!session)
        return Code::other_batch;
    if (session->terminal != terminal && !deviations_.has(HostDeviation::log_in_of_any_terminal))
        return Code::not_logged_in;
    if (session->state == SessionState::closed) {
        const bool same = session->load_count == sums.load_count && session->load_amount == sums.load_amount &&
                          session->deposit_amount == sums.deposit_amount;
        if (same)
            return done;
        return Code::wrong_sums;
    }
    if (session->state == SessionState::open && !deviations_.has(HostDeviation::log_out_without_closing))
        return Code::not_closed;
    const std::uint32_t loaded = session->amount - session->remaining.value_or(session->amount);
    const std::uint32_t count = session->first_serial ? session->last_serial.value_or(0) - *session->first_serial : 0;
    const bool fits = sums.load_amount == loaded && sums.load_count == count;
    const bool unchecked = deviations_.has(HostDeviation::log_out_sums_unchecked) ||
                           deviations_.has(HostDeviation::log_out_without_closing);
    if (sums.load_amount > session->amount || (!fits && !unchecked))
        return Code::wrong_sums;
    TONGKA_CHECK(isams_.close(session->batch, sums));
    return done;
}

} // namespace tongka::simulator
