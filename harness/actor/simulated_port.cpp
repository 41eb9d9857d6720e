#include "harness/actor/simulated_port.hpp"

#include <array>
#include <chrono>

#include "core/hex.hpp"
#include "harness/actor/wrong_transmission.hpp"
#include "simulator/virtual_reader/reference_chip.hpp"

namespace tongka::harness {
namespace {

using core::operator""_hex;
using enum ReaderDeviation;
using std::chrono::milliseconds;

class SimulatedPort final : public ReaderPort {
public:
    explicit SimulatedPort(std::optional<ReaderDeviation> deviation) : deviation_(deviation) { chip_.power_on(); }

    [[nodiscard]] const std::string& reader() const override { return name_; }

    [[nodiscard]] core::Result<PortStatus> status() override {
        const bool told = present_ || is(card_always_present);
        return PortStatus{told, told ? atr() : core::Bytes()};
    }

    [[nodiscard]] PortConnected connect(Connection who, Share share, std::optional<CardProtocol> protocol) override {
        if (links_[who].share)
            disconnect(who, Disposition::leave);
        const auto& other = links_[1 - who].share;
        if (other && !is_let_in(share, *other))
            return {PortOutcome::busy, {}, {}};
        if (!present_)
            return {PortOutcome::no_card, {}, {}};
        // A card that somebody talks to already keeps its protocol.
        auto spoken = other ? protocol_ : protocol.value_or(CardProtocol::t0);
        if (protocol && spoken != *protocol)
            return {PortOutcome::wrong_protocol, {}, {}};
        if (is(other_protocol) && protocol == CardProtocol::t0)
            spoken = CardProtocol::t1;
        if (!other && (spoken != protocol_ || !chosen_))
            speak(spoken);
        links_[who] = {share, generation_, resets_};
        return {PortOutcome::ok, spoken, atr()};
    }

    [[nodiscard]] PortConnected reconnect(Connection who, Disposition disposition) override {
        auto& link = links_[who];
        if (!link.share)
            return {};
        if (!present_ || link.generation != generation_)
            return {PortOutcome::no_card, {}, {}};
        dispose(disposition);
        link.resets = resets_;
        speak(protocol_);
        return {PortOutcome::ok, protocol_, atr()};
    }

    void disconnect(Connection who, Disposition disposition) override {
        if (!links_[who].share)
            return;
        links_[who].share.reset();
        if (transaction_ == who)
            transaction_.reset();
        if (present_)
            dispose(is(resets_at_end) ? Disposition::warm : disposition);
    }

    [[nodiscard]] PortAnswer transmit(Connection who, core::BytesView command) override {
        const auto& link = links_[who];
        if (!link.share)
            return {};
        if (!present_ && is(answers_without_card) && !last_.empty())
            return {PortOutcome::ok, last_};
        if (!present_ || (link.generation != generation_ && !is(connection_survives_card)))
            return {PortOutcome::no_card, {}};
        if (link.resets != resets_ && !is(reset_not_told) && !is(connection_survives_card))
            return {PortOutcome::was_reset, {}};
        if (transaction_ && *transaction_ != who && !is(transaction_open))
            return {PortOutcome::busy, {}};
        taken_ = {};
        const auto answer = exchange(command);
        if (is(impatient) && taken_ >= milliseconds(1000))
            return {PortOutcome::timeout, {}};
        if (answer.empty())
            return {};
        last_ = answer;
        return {PortOutcome::ok, answer};
    }

    [[nodiscard]] PortOutcome begin_transaction(Connection who) override {
        if (transaction_ && *transaction_ != who)
            return PortOutcome::busy;
        transaction_ = who;
        return PortOutcome::ok;
    }
    void end_transaction(Connection) override { transaction_.reset(); }
    [[nodiscard]] bool keeps_out_second(core::BytesView command) override {
        const bool out = transmit(second, command).outcome != PortOutcome::ok;
        transaction_.reset();
        return out;
    }

    [[nodiscard]] PortAnswer ask_features() override {
        // FEATURE_IFD_PIN_PROPERTIES and FEATURE_GET_TLV_PROPERTIES.
        auto list = "0A0442400001120442400002"_hex;
        if (is(features_cut))
            list.pop_back();
        return {PortOutcome::ok, std::move(list)};
    }

    [[nodiscard]] bool can_move() const override { return true; }
    [[nodiscard]] core::Result<void> move(bool in) override {
        if (in && !present_) {
            ++generation_;
            chip_.power_on();
            chosen_ = false;
        } else if (!in) {
            chip_.power_off();
        }
        present_ = in;
        return {};
    }

private:
    struct Link {
        std::optional<Share> share{};
        unsigned generation = 0; ///< of the card it was made with
        unsigned resets = 0;     ///< when it last learned of one
    };

    [[nodiscard]] bool is(ReaderDeviation deviation) const { return deviation_ == deviation; }

    [[nodiscard]] core::Bytes atr() const {
        auto bytes = core::to_bytes(chip_.answer_to_reset());
        if (is(atr_cut))
            bytes.pop_back();
        return bytes;
    }

    [[nodiscard]] bool is_let_in(Share share, Share other) const {
        if (share == Share::shared && other == Share::shared)
            return !is(no_second_connection);
        if (share == Share::exclusive && other == Share::exclusive)
            return is(two_exclusive);
        return share == Share::exclusive && is(exclusive_beside_shared);
    }

    /// A card that speaks one protocol has to be reset for another.
    void speak(CardProtocol protocol) {
        if (chosen_ && protocol != protocol_)
            chip_.reset();
        chosen_ = true;
        protocol_ = protocol;
        if (protocol == CardProtocol::t1)
            chip_.speak_t1();
    }

    void dispose(Disposition disposition) {
        if (disposition == Disposition::leave || (disposition == Disposition::warm && is(no_warm_reset)) ||
            (disposition == Disposition::cold && is(no_cold_reset)))
            return;
        const bool warm = is(warm_is_cold) ? false : is(cold_is_warm) ? true : disposition == Disposition::warm;
        if (!warm)
            chip_.power_off();
        chip_.reset();
        ++resets_;
        chosen_ = false;
    }

    [[nodiscard]] core::Bytes exchange(core::BytesView command) {
        const auto card = [this](core::BytesView bytes) { return core::to_bytes(chip_.exchange(bytes)); };
        return deviation_ ? transmit_wrongly(*deviation_, protocol_, command, card) : card(command);
    }

    std::string name_ = "Tongka simulated reader";
    std::optional<ReaderDeviation> deviation_;
    milliseconds taken_{};
    simulator::ReferenceChip chip_{simulator::ReferenceChip::Interface::t0_and_t1,
                                   [this](milliseconds time) { taken_ += time; }};
    bool present_ = true;
    bool chosen_ = false; ///< whether the card has been told its protocol since its reset
    CardProtocol protocol_ = CardProtocol::t0;
    std::array<Link, 2> links_{};
    std::optional<Connection> transaction_;
    unsigned generation_ = 0;
    unsigned resets_ = 0;
    core::Bytes last_;
};

} // namespace

std::unique_ptr<ReaderPort> simulate_port(std::optional<ReaderDeviation> deviation) {
    return std::make_unique<SimulatedPort>(deviation);
}

} // namespace tongka::harness
