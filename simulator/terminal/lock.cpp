#include <algorithm>

#include "core/hex.hpp"
#include "core/profile/keys.hpp"
#include "simulator/terminal/terminal.hpp"

namespace tongka::simulator {
namespace {

using namespace core::literals;
using core::Bytes;
using core::BytesView;

constexpr auto application_block = 0x1E; // 84 1E 00 00 04 MAC

} // namespace

/// Locks the application of a blacklisted card with a MAC that the PSAM makes (clauses.md F, J.2): usage 45 is a
/// maintenance key diversified twice, 25 once. The chip serial as the card's factor is not in file 0015: the ASN is
/// taken unless the rule says that it is reversed.
TerminalOutcome Terminal::lock(const Transmit& card, const Transmit& psam, const CardData& data, const Moment& moment) {
    TerminalOutcome outcome{.result = TerminalOutcome::Result::refused, .reason = RefusalReason::blacklisted};
    if (!psam || has(TerminalDeviation::blacklisted_not_locked)) // a load brings no PSAM
        return outcome;
    const auto& rules = parameters_.rules;
    std::array<core::Byte, 8> factor = data.asn;
    if (rules.is(core::Rule::maintenance_key_factor, "asn-reversed"))
        std::ranges::reverse(factor);
    const bool two_levels = rules.is(core::Rule::maintenance_key_levels, "2");
    const Bytes id{rules.is(core::Rule::maintenance_key_id, "02") ? core::Byte{0x02} : core::Byte{0x01}};
    const Bytes header{0x84, application_block, 0x00, 0x00, 0x04};

    const auto fail = [&](const StepFailure& failure) {
        outcome.detail = failure.error().message;
        return outcome;
    };
    const auto challenge = step(card, "card", "GET CHALLENGE", "0084000004"_hex, 4);
    if (!challenge)
        return fail(challenge.error());
    if (const auto selected = step(psam, "PSAM", "SELECT the application", "00A40000021001"_hex); !selected)
        return fail(selected.error());
    const Bytes factors =
        two_levels ? core::concatenate({factor, core::city_factor(data.city, rules)}) : core::to_bytes(factor);
    const Bytes begin = core::concatenate({Bytes{0x80, 0x1A, static_cast<core::Byte>(two_levels ? 0x45 : 0x25)}, id,
                                           Bytes{static_cast<core::Byte>(factors.size())}, factors});
    if (const auto derived = step(psam, "PSAM", "INIT_FOR_DESCRYPT", begin); !derived)
        return fail(derived.error());
    // Initial value and padded command in whole blocks of the maintenance key's algorithm.
    const std::size_t block = rules.is(core::Rule::maintenance_algorithm, "sm4") ? 16 : 8;
    Bytes input = *challenge;
    input.resize(block);
    core::append(input, header);
    input.push_back(0x80);
    input.resize(2 * block);
    const auto mac = step(psam, "PSAM", "DES CRYPT",
                          core::concatenate({"80FA0500"_hex, Bytes{static_cast<core::Byte>(input.size())}, input}), 4);
    if (!mac)
        return fail(mac.error());
    if (const auto locked = step(card, "card", "APPLICATION BLOCK", core::concatenate({header, *mac})); !locked)
        return fail(locked.error());
    TerminalRecord record = new_record(data, TerminalRecord::Kind::lock);
    record.state = TerminalRecord::State::locked;
    record.purchase.asn = data.asn;
    record.purchase.city = data.city;
    record.purchase.date_time = moment;
    if (!has(TerminalDeviation::lock_unrecorded)) {
        const auto stored = store_.put(record);
        if (!stored) {
            outcome.detail = stored.error().message;
            return outcome;
        }
        record.serial = *stored;
    }
    outcome.record = std::move(record);
    return outcome;
}

} // namespace tongka::simulator
