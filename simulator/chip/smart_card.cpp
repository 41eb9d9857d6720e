#include "simulator/chip/smart_card.hpp"

namespace tongka::simulator {

SmartCard::SmartCard(Appearance appearance, core::Rules rules, Deviations deviations,
                     std::unique_ptr<core::Random> random)
    : appearance_(std::move(appearance)), rules_(rules), deviations_(deviations), random_(std::move(random)) {
    if (appearance_.interface == Interface::contact)
        transport_ = std::make_unique<T0Transport>();
    else
        transport_ = std::make_unique<ContactlessTransport>();
    memory_.power_off();
}

core::BytesView SmartCard::power_on() {
    memory_.power_up();
    return start();
}

core::BytesView SmartCard::reset() {
    return start();
}

core::BytesView SmartCard::start() {
    if (!memory_.powered())
        return {};
    selection_ = {};
    transport_->reset();
    forget();
    return appearance_.answer_to_reset;
}

core::BytesView SmartCard::exchange(core::BytesView command) {
    if (!memory_.powered())
        return {};
    const auto answer = transport_->exchange(command, *this);
    // A power cut while the command ran takes the answer with it.
    return memory_.powered() ? answer : core::BytesView{};
}

void SmartCard::challenge(std::span<core::Byte> bytes) {
    if (deviates(Deviation::challenge_repeated)) {
        std::ranges::fill(bytes, core::Byte{0x5A});
        return;
    }
    random_->fill(bytes);
}

} // namespace tongka::simulator
