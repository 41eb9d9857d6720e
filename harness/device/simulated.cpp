#include "harness/device/simulated.hpp"

#include "simulator/chip/secure_messaging.hpp"
#include "simulator/issuer/card_issuer.hpp"
#include "simulator/issuer/sam_issuer.hpp"

namespace tongka::harness {
namespace {

using simulator::SmartCard;

using Make = std::function<core::Result<std::unique_ptr<SmartCard>>()>;

class SimulatedDevice final : public Device {
public:
    /// `make` makes another of it; empty where there is but one, kept in a file.
    SimulatedDevice(Role role, std::unique_ptr<SmartCard> chip, core::Bytes number, Make make)
        : chip_(std::move(chip)), make_(std::move(make)) {
        identity_.spec = "sim:" + std::string(name(role));
        identity_.protocol = chip_->protocol() == simulator::Protocol::t0 ? Protocol::t0 : Protocol::apdu;
        identity_.answer_to_reset = core::to_bytes(chip_->power_on());
        identity_.uid = core::to_bytes(chip_->uid());
        identity_.number = std::move(number);
    }

    const Identity& identity() const override { return identity_; }
    core::Result<void> reset() override {
        chip_->power_off();
        (void)chip_->power_on();
        return {};
    }
    core::Result<core::Bytes> answer_to_reset() override { return core::to_bytes(chip_->answer_to_reset()); }
    core::Result<core::Bytes> transmit(core::BytesView command) override {
        const auto answer = chip_->exchange(command);
        if (answer.empty())
            return core::fail("the device has lost power");
        return core::to_bytes(answer);
    }
    std::string_view last_reason() const override {
        const auto& reason = chip_->last_reason();
        return &reason == &simulator::done ? std::string_view{} : reason.text;
    }
    bool can_be_torn() const override { return true; }
    core::Result<void> tear(std::optional<Tear> where) override {
        if (where)
            chip_->cut_power_at(simulator::Chip::Cut{.writes = where->write - 1, .after = where->after});
        else
            chip_->cut_power_at(std::nullopt);
        return {};
    }
    std::chrono::microseconds pretended_delay() const override { return chip_->pretended_delay(); }
    bool can_be_renewed() const override { return make_ != nullptr; }
    core::Result<void> renew() override {
        TONGKA_TRY(chip_, make_());
        (void)chip_->power_on();
        return {};
    }
    bool is_real() const override { return false; }

private:
    std::unique_ptr<SmartCard> chip_;
    Make make_;
    Identity identity_;
};

void list_reasons(std::string_view device, const simulator::InstructionSet& instructions,
                  std::vector<StatusWordReason>& to) {
    const auto add = [&](std::string_view command, std::span<const simulator::Reason* const> reasons) {
        for (const auto* reason : reasons)
            to.push_back({device, command, static_cast<core::Byte>(reason->sw >> 8),
                          static_cast<core::Byte>(reason->sw), reason->text, reason->basis});
    };
    for (const auto* instruction : instructions.list()) {
        add(instruction->name, instruction->reasons);
        if (instruction->secure)
            add(instruction->name, simulator::secure_messaging_reasons());
    }
    add("any command", simulator::dispatch_reasons());
    add("any command", simulator::transport_reasons());
}

} // namespace

core::Result<std::unique_ptr<Device>> make_simulated(Role role, const core::Profile& profile,
                                                     const OpenOptions& options, bool blank) {
    simulator::Deviations deviations;
    if (!options.deviation.empty()) {
        TONGKA_TRY(const auto found, simulator::deviation_named(options.deviation));
        if (simulator::deviation_table()[static_cast<std::size_t>(found)].device == name(role))
            deviations.add(found);
    }
    const Make make = [=]() -> core::Result<std::unique_ptr<SmartCard>> {
        // The devices must not draw the same numbers.
        auto random = std::make_unique<core::SeededRandom>(options.seed * std::size(device_roles) +
                                                           static_cast<std::size_t>(role));
        const auto issue = blank ? simulator::Issue::blank : simulator::Issue::personalised;
        if (role == Role::card)
            return simulator::make_card(profile, std::move(random), deviations, issue);
        if (role == Role::psam)
            return simulator::make_psam(profile, std::move(random), deviations, issue);
        return simulator::make_isam(profile, std::move(random), deviations, issue);
    };
    TONGKA_TRY(auto chip, make());
    const auto number = role == Role::card   ? core::to_bytes(profile.card.asn)
                        : role == Role::psam ? core::to_bytes(profile.psam.serial)
                                             : core::to_bytes(profile.isam->serial);
    if (options.state.empty())
        return std::make_unique<SimulatedDevice>(role, std::move(chip), number, make);
    TONGKA_CHECK(simulator::keep_state(*chip, name(role), profile, options.state));
    return std::make_unique<SimulatedDevice>(role, std::move(chip), number, Make{});
}

std::vector<StatusWordReason> status_word_reasons() {
    std::vector<StatusWordReason> reasons;
    list_reasons("card", simulator::card_instructions(), reasons);
    list_reasons("psam", simulator::psam_instructions(), reasons);
    list_reasons("isam", simulator::isam_instructions(), reasons);
    return reasons;
}

} // namespace tongka::harness
