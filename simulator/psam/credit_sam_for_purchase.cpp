#include "simulator/psam/commands.hpp"
#include "simulator/psam/transaction.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason not_initialized{0x6901, "no INIT_SAM_FOR_PURCHASE stands before it", "standards.md 4.3, 9 row 8"};
constexpr Reason not_initialized_either{0x6985, "no INIT_SAM_FOR_PURCHASE stands before it",
                                        "standards.md 4.3, 9 row 8"};
constexpr const Reason* reasons[] = {&common::wrong_parameters,   &common::wrong_lc,          &not_initialized,
                                     &not_initialized_either,     &psam::reasons::wrong_mac2, &psam::reasons::exhausted,
                                     &psam::reasons::unknown_key, &common::memory_failure};

Reply execute(Psam& psam, const core::Command& command, core::Bytes&) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (command.data.size() != core::Mac{}.size())
        return refuse(common::wrong_lc);
    if (!psam.purchase)
        return refuse(psam.rule(core::Rule::completion_without_init, "6901") ? not_initialized
                                                                             : not_initialized_either);
    const auto key = psam.purchase_key(psam.purchase->version, psam.purchase->algorithm);
    if (!key)
        return refuse(psam::reasons::unknown_key);
    const core::Mac mac2 = core::transaction_mac(psam.purchase->session, {psam.purchase->amount});
    if (!psam.deviates(Deviation::psam_mac2_again))
        psam.purchase.reset();
    return psam::check_mac2(psam, *key, mac2, command.data);
}

} // namespace

const Instruction credit_sam_for_purchase{"CREDIT_SAM_FOR_PURCHASE", 0x80, 0x72, {}, on<Psam, execute>, reasons};

} // namespace tongka::simulator
