#include "simulator/terminal/purchase.hpp"

#include "simulator/terminal/purchase_steps.hpp"

namespace tongka::simulator {

core::Result<PurchaseRecord> purchase(const Transmit& card, const Transmit& psam, const PurchaseRequest& request) {
    const auto data = read_card(card);
    if (!data)
        return core::fail(data.error().error());
    PurchaseSteps steps(card, psam, *data, request);
    for (const auto next :
         {&PurchaseSteps::show_code, &PurchaseSteps::initialize, &PurchaseSteps::ask_mac1, &PurchaseSteps::debit})
        if (const auto done = (steps.*next)(); !done)
            return core::fail(done.error().error());
    if (const auto confirmed = steps.confirm(); !confirmed)
        steps.record.unconfirmed = confirmed.error().error().message;
    return steps.record;
}

} // namespace tongka::simulator
