#include "simulator/psam/commands.hpp"
#include "simulator/psam/grey_lock_record.hpp"
#include "simulator/psam/transaction.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason not_begun{0x6985, "no INIT_SAM_FOR_GREY_LOCK stands before it", "standards.md 4.3 (inferred)"};
constexpr const Reason* reasons[] = {&common::wrong_parameters,  &common::wrong_lc,         &not_begun,
                                     &psam::reasons::wrong_mac2, &psam::reasons::exhausted, &psam::reasons::unknown_key,
                                     &common::memory_failure};

/// MAC2 of GREY LOCK: over balance and offline counter (standards.md 5.2).
Reply execute(Psam& psam, const core::Command& command, core::Bytes&) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (command.data.size() != core::Mac{}.size())
        return refuse(common::wrong_lc);
    auto record = GreyLockRecord::read(psam);
    if (!record || record->state != GreyLockRecord::State::begun)
        return refuse(not_begun);
    const auto key = psam.purchase_key(record->version, record->algorithm);
    if (!key)
        return refuse(psam::reasons::unknown_key);
    const core::Mac right = core::transaction_mac(record->session_key(), {record->balance, record->counter});
    const Reply reply = psam::check_mac2(psam, *key, right, command.data);
    if (reply.reason != &done)
        return reply;
    record->state = GreyLockRecord::State::certified;
    Transaction transaction(psam.memory());
    record->write(transaction, psam);
    psam.has_new_lock = true;
    return transaction.commit() ? success() : refuse(common::memory_failure);
}

} // namespace

const Instruction certificate_sam_for_grey_lock{
    "CERTIFICATE_SAM_FOR_GREY_LOCK", 0xE0, 0x42, {}, on<Psam, execute>, reasons};

} // namespace tongka::simulator
