#include "simulator/psam/transaction.hpp"

#include <algorithm>

namespace tongka::simulator::psam {
namespace {

const Reason& unauthenticated(const Psam& psam) {
    const auto choice = psam.rules().value(core::Rule::psam_purchase_before_authentication);
    return choice == "6901"   ? reasons::not_authenticated_state
           : choice == "6300" ? reasons::not_authenticated_code
                              : reasons::not_authenticated;
}

} // namespace

tl::expected<Begun, Reply> begin(const Psam& psam, core::BytesView fixed, std::size_t levels) {
    if (!psam.authenticated && !psam.deviates(Deviation::psam_authentication_skipped))
        return tl::unexpected(refuse(unauthenticated(psam)));
    const auto key = psam.purchase_key(fixed[18], fixed[19]);
    if (!key)
        return tl::unexpected(refuse(reasons::unknown_key));
    if (levels_of(*key) != levels)
        return tl::unexpected(refuse(reasons::wrong_levels));
    if (!psam.allows(key->use))
        return tl::unexpected(refuse(common::no_right));
    if (psam.is_exhausted(*key))
        return tl::unexpected(refuse(reasons::exhausted));
    const auto file = psam.counter_file();
    if (!file)
        return tl::unexpected(refuse(reasons::no_counter));
    Begun begun{.key = *key, .counter_file = *file, .serial = {}};
    std::ranges::copy(psam.files().content(*file).first(begun.serial.size()), begun.serial.begin());
    if (psam.is_counted_out(*file))
        return tl::unexpected(refuse(reasons::no_more_serials));
    return begun;
}

std::array<core::Byte, 8> session_input(core::BytesView fixed, const Begun& begun) {
    std::array<core::Byte, 8> input{};
    std::ranges::copy(fixed.first(6), input.begin());
    std::copy(begun.serial.end() - 2, begun.serial.end(), input.begin() + 6);
    return input;
}

void count(Transaction& transaction, const Psam& psam, const Begun& begun) {
    if (psam.deviates(Deviation::psam_counter_stuck))
        return;
    transaction.write_number(psam.files().at(begun.counter_file).body, begun.serial.size(),
                             core::read_big_endian(begun.serial) + 1);
}

Reply check_mac2(Psam& psam, const StoredKey& key, const core::Mac& right, core::BytesView received) {
    const auto set_errors = [&](unsigned errors) {
        Transaction transaction(psam.memory());
        set_tries(transaction, key, static_cast<core::Byte>(errors));
        return transaction.commit();
    };
    if (psam.is_exhausted(key))
        return refuse(reasons::exhausted);
    if (!psam.deviates(Deviation::psam_errors_not_counted) && !set_errors(key.tries_left + 1U))
        return refuse(common::memory_failure);
    const bool half = psam.deviates(Deviation::psam_mac2_half_compared);
    if (!(half ? core::equal(core::BytesView(right).first(2), received.first(2)) : core::mac_equals(right, received)) &&
        !psam.deviates(Deviation::psam_mac2_unchecked))
        return refuse(reasons::wrong_mac2);
    if (!psam.deviates(Deviation::psam_errors_not_reset) && !set_errors(0))
        return refuse(common::memory_failure);
    return success();
}

} // namespace tongka::simulator::psam
