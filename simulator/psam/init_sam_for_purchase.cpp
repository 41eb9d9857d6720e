#include <algorithm>

#include "core/crypto/derivation.hpp"
#include "simulator/psam/commands.hpp"
#include "simulator/psam/transaction.hpp"

namespace tongka::simulator {
namespace {

/// Behind the fixed data come one to three factors, the card's first (standards.md 4.3, 5.1).
Reply execute(Psam& psam, const core::Command& command, core::Bytes& answer) {
    if (command.p1p2() != 0)
        return refuse(common::wrong_parameters);
    const auto data = command.data;
    const std::size_t behind = data.size() > psam::fixed_size ? data.size() - psam::fixed_size : 0;
    const std::size_t levels = behind / factor_size;
    if (levels == 0 || behind % factor_size != 0 || levels > most_factors)
        return refuse(common::wrong_lc);
    const auto begun = psam::begin(psam, data, levels);
    if (!begun)
        return begun.error();

    Factors factors = psam.factors(data.subspan(psam::fixed_size));
    if (psam.deviates(Deviation::psam_level_skipped))
        factors.pop_back();
    const auto amount = data.subspan(6, 4);
    std::array<core::Byte, 4> shown{};
    std::ranges::copy(amount, shown.begin());
    if (psam.deviates(Deviation::psam_mac1_of_small_amounts))
        shown[0] = shown[1] = 0;
    const auto type = data.subspan(10, 1);
    const auto date_time = data.subspan(11, 7);
    const core::Key card_key = psam.derive(begun->key, factors);
    auto& purchase =
        psam.purchase.emplace(Psam::Purchase{.session = core::session_key(card_key, psam::session_input(data, *begun)),
                                             .amount = {},
                                             .version = data[18],
                                             .algorithm = data[19]});
    std::ranges::copy(amount, purchase.amount.begin());
    const core::Mac mac1 = psam.deviates(Deviation::psam_mac1_without_terminal)
                               ? core::transaction_mac(purchase.session, {shown, type, date_time})
                               : core::transaction_mac(purchase.session, {shown, type, psam.terminal(), date_time});
    if (!psam.deviates(Deviation::psam_authentication_lasts))
        psam.authenticated = false;
    Transaction transaction(psam.memory());
    psam::count(transaction, psam, *begun);
    if (!transaction.commit())
        return refuse(common::memory_failure);

    core::append(answer, begun->serial);
    core::append(answer, mac1);
    return success();
}

} // namespace

const Instruction init_sam_for_purchase{"INIT_SAM_FOR_PURCHASE",     0x80, 0x70, {}, on<Psam, execute>,
                                        psam::reasons::of_initialize};

} // namespace tongka::simulator
