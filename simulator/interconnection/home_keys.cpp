#include "simulator/interconnection/home_keys.hpp"

#include <algorithm>

#include "core/crypto/derivation.hpp"
#include "core/crypto/mac.hpp"

namespace tongka::simulator {

using core::Byte;
using core::BytesView;

core::Result<HomeKeys> HomeKeys::derive(core::KeyStore& city, const std::array<Byte, 8>& asn) {
    TONGKA_TRY(const core::Key tac, city.diversify({"DTK", 0, 1}, {&asn, 1}));
    const core::Key any_session = core::session_key(tac, asn);
    HomeKeys keys{core::tac_key(tac), any_session};
    for (const core::KeyRecord& record : city.records()) {
        if (record.name.kind != "DPK" || record.state == core::KeyState::destroyed)
            continue;
        TONGKA_TRY(const core::Key key, city.diversify(record.name, {&asn, 1}));
        keys.purchase_.emplace(std::pair(record.name.index, record.name.version), key);
    }
    return keys;
}

Verdict HomeKeys::check(const PurchaseRecord& record, const Outcome& outcome) {
    const auto purchase = purchase_.find({record.key_index, record.key_version});
    if (purchase == purchase_.end())
        return Verdict::key_destroyed;

    // Session key: random 4, the card's counter 2, the right 2 bytes of the terminal's serial number.
    std::array<Byte, 8> input{};
    std::ranges::copy(outcome.random, input.begin());
    core::write_big_endian(std::span(input).subspan(4, 2), record.counter);
    std::copy(record.terminal_serial.end() - 2, record.terminal_serial.end(), input.end() - 2);
    session_.set_key(core::session_key(purchase->second, input));

    std::array<Byte, 4> amount{};
    core::write_big_endian(amount, record.amount);
    const BytesView type(&record.type, 1);
    if (core::transaction_mac(session_, {amount, type, record.terminal, record.date_time}) != outcome.mac1 ||
        core::transaction_mac(session_, amount) != record.mac2)
        return Verdict::mac_not_of_home_city;
    const auto tac =
        core::transaction_mac(tac_, {amount, type, record.terminal, record.terminal_serial, record.date_time});
    return tac == record.tac ? Verdict::accepted : Verdict::tac_wrong;
}

} // namespace tongka::simulator
