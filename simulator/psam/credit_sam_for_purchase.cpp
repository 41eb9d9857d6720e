#include "core/crypto/mac.hpp"
#include "simulator/psam/commands.hpp"

namespace tongka::simulator {
namespace {

constexpr Reason not_initialized{0x6901, "no INIT_SAM_FOR_PURCHASE stands before it", "standards.md 4.3, 9 row 8"};
constexpr Reason not_initialized_either{0x6985, "no INIT_SAM_FOR_PURCHASE stands before it",
                                        "standards.md 4.3, 9 row 8"};
constexpr Reason wrong_mac2{0x9302, "MAC2 of the user card is wrong", "standards.md 4.3"};
constexpr const Reason* reasons[] = {&common::wrong_parameters, &common::wrong_lc, &not_initialized,
                                     &not_initialized_either, &wrong_mac2};

Reply execute(Psam& psam, const core::Command& command, core::Bytes&) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    if (command.data.size() != 4)
        return refuse(common::wrong_lc);
    if (!psam.purchase)
        return refuse(psam.rule(core::Rule::completion_without_init, "6901") ? not_initialized
                                                                             : not_initialized_either);
    const core::Mac mac2 = core::transaction_mac(psam.purchase->session, {psam.purchase->amount});
    psam.purchase.reset();
    if (!core::mac_equals(mac2, command.data) && !psam.deviates(Deviation::psam_mac2_unchecked))
        return refuse(wrong_mac2);
    return success();
}

} // namespace

const Instruction credit_sam_for_purchase{"CREDIT_SAM_FOR_PURCHASE", 0x80, 0x72, {}, on<Psam, execute>, reasons};

} // namespace tongka::simulator
