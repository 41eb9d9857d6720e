#include <algorithm>

#include "core/crypto/mac.hpp"
#include "simulator/psam/commands.hpp"
#include "simulator/psam/grey_lock_record.hpp"

namespace tongka::simulator {
namespace {

constexpr std::size_t data_size = 15; // TTI 1, ASN 8, offline counter 2, amount 4

constexpr Reason not_certified{0x6985, "no grey lock was certified here", "standards.md 4.3 (inferred)"};
constexpr Reason another_lock{0x9406, "the lock is of another card or counter", "standards.md 4.3 (inferred)"};
constexpr Reason another_amount{0x6985, "a GMAC for another amount was given out already",
                                "standards.md 4.3 (inferred)"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc,      &not_certified, &another_lock,
                                     &another_amount,           &common::memory_failure};

/// GMAC 4, and 4 bytes that the source does not explain: here a MAC over the data of the command (inferred). The card
/// compares the first four alone (standards.md 5.2).
Reply execute(Psam& psam, const core::Command& command, core::Bytes& answer) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (command.data.size() != data_size)
        return refuse(common::wrong_lc);
    auto record = GreyLockRecord::read(psam);
    const bool certified =
        record &&
        (record->state == GreyLockRecord::State::certified || record->state == GreyLockRecord::State::released ||
         (record->state == GreyLockRecord::State::begun && psam.deviates(Deviation::psam_gmac_before_mac2)));
    if (!certified)
        return refuse(not_certified);
    const auto amount = command.data.subspan(11, 4);
    const bool same = core::equal(command.data.subspan(1, 8), record->asn) &&
                      core::equal(command.data.subspan(9, 2), record->counter);
    if (!same && !psam.deviates(Deviation::psam_gmac_of_any_card))
        return refuse(another_lock);
    if (record->state == GreyLockRecord::State::released && !core::equal(amount, record->amount) &&
        !psam.deviates(Deviation::psam_gmac_of_any_amount))
        return refuse(another_amount);
    record->state = GreyLockRecord::State::released;
    std::ranges::copy(amount, record->amount.begin());
    Transaction transaction(psam.memory());
    record->write(transaction, psam);
    psam.has_new_lock = true;
    if (!transaction.commit())
        return refuse(common::memory_failure);
    const core::Cipher session(record->session_key());
    core::append(answer, psam.deviates(Deviation::psam_gmac_without_amount)
                             ? core::transaction_mac(session, {record->counter})
                             : core::transaction_mac(session, {amount}));
    core::append(answer, core::transaction_mac(session, {command.data}));
    return success();
}

} // namespace

const Instruction get_gmac{"GET GMAC", 0xE0, 0x44, {}, on<Psam, execute>, reasons};

} // namespace tongka::simulator
