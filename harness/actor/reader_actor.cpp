#include "harness/actor/reader_actor.hpp"

#include <algorithm>
#include <chrono>

#include <fmt/format.h>

#include "core/hex.hpp"
#include "harness/actor/atr.hpp"
#include "harness/actor/feature_list.hpp"
#include "harness/actor/pcsc_port.hpp"
#include "harness/actor/simulated_port.hpp"

namespace tongka::harness {
namespace {

using core::operator""_hex;
using Clock = std::chrono::steady_clock;
using Connection = ReaderPort::Connection;

constexpr core::Text no_reference_card{"读卡器中不是参考卡（docs/reader.md）",
                                       "the card in the reader is not the reference card (docs/reader.md)"};
constexpr core::Text no_t0{"读卡器中的卡片不支持T=0", "the card in the reader does not speak T=0"};
constexpr core::Text no_t1{"读卡器中的卡片不支持T=1", "the card in the reader does not speak T=1"};
constexpr core::Text no_moving{"程序不能取放这个读卡器中的卡片（tongka lab中可以）",
                               "no program can take the card out of this reader (in a lab it can)"};

template <typename Duration>
std::uint32_t count(Clock::duration time) {
    return static_cast<std::uint32_t>(std::chrono::duration_cast<Duration>(time).count());
}

std::string_view form_of(const AtrShape& shape) {
    constexpr std::string_view names[] = {"whole", "cut", "too-long", "wrong-check"};
    return names[static_cast<std::size_t>(shape.form)];
}

void tell_atr(core::BytesView atr, Values& results) {
    results.set("atr", atr).set_word("atr-form", form_of(shape_of_atr(atr)));
}

Connection connection_of(const Values& arguments) {
    return arguments.word("by") == "second" ? ReaderPort::second : ReaderPort::first;
}

Disposition disposition_of(std::string_view word) {
    return word == "warm" ? Disposition::warm : word == "cold" ? Disposition::cold : Disposition::leave;
}

Values told(const PortConnected& connected) {
    Values results;
    results.set_word("outcome", name(connected.outcome));
    if (connected.outcome == PortOutcome::ok) {
        results.set_word("protocol", connected.protocol == CardProtocol::t0 ? "t0" : "t1");
        tell_atr(connected.answer_to_reset, results);
    }
    return results;
}

class ReaderActor final : public Actor {
public:
    ReaderActor(std::unique_ptr<ReaderPort> port, std::string spec) : port_(std::move(port)) {
        identity_ = {.spec = std::move(spec), .name = port_->reader(), .version = {}, .sha256 = {}};
    }

    /// Finds out what card is in it.
    [[nodiscard]] core::Result<void> look() {
        TONGKA_CHECK(begin());
        const auto connected = port_->connect(ReaderPort::first, Share::shared, std::nullopt);
        if (connected.outcome != PortOutcome::ok)
            return core::fail(
                fmt::format("{}: no connection to the card: {}", identity_.spec, name(connected.outcome)));
        shape_ = shape_of_atr(connected.answer_to_reset);
        const auto answer = port_->transmit(ReaderPort::first, "00A4040007F0544F4E474B41"_hex);
        const auto historical = "544F4E474B41524546"_hex;
        reference_ = (answer.outcome == PortOutcome::ok && core::equal(answer.bytes, "9000"_hex)) ||
                     !std::ranges::search(connected.answer_to_reset, historical).empty();
        port_->disconnect(ReaderPort::first, Disposition::cold);
        return {};
    }

    [[nodiscard]] const ActorIdentity& identity() const override { return identity_; }

    [[nodiscard]] core::Result<void> begin() override {
        port_->disconnect(ReaderPort::second, Disposition::leave);
        port_->disconnect(ReaderPort::first, Disposition::leave);
        if (port_->can_move())
            TONGKA_CHECK(port_->move(true));
        const auto connected = port_->connect(ReaderPort::first, Share::exclusive, std::nullopt);
        if (connected.outcome == PortOutcome::no_card)
            return core::fail(fmt::format("{}: no card in the reader", identity_.spec));
        if (connected.outcome == PortOutcome::busy)
            return core::fail(fmt::format("{}: another program is using the card", identity_.spec));
        port_->disconnect(ReaderPort::first, Disposition::cold);
        return {};
    }

    /// Of a reader nothing stays but what its service keeps: as before a case.
    [[nodiscard]] core::Result<void> restart() override { return begin(); }

    [[nodiscard]] std::optional<core::Text> why_not(std::string_view action, const Values& words) const override {
        const auto protocol = words.word("protocol");
        if (protocol == "t0" && (!shape_.offers_t0 || shape_.contactless))
            return no_t0;
        if (protocol == "t1" && !shape_.offers_t1)
            return no_t1;
        if (action == "exchange" && !reference_)
            return no_reference_card;
        if ((action == "remove" || action == "insert") && !port_->can_move())
            return no_moving;
        return std::nullopt;
    }

    [[nodiscard]] core::Result<Values> act(std::string_view action, const Values& arguments, const Lines&) override {
        const auto who = connection_of(arguments);
        if (action == "status")
            return status();
        if (action == "connect")
            return told(port_->connect(who, arguments.word("share") == "exclusive" ? Share::exclusive : Share::shared,
                                       protocol_of(arguments.word("protocol"))));
        if (action == "disconnect") {
            port_->disconnect(who, disposition_of(arguments.word("card")));
            return Values().set_word("outcome", name(PortOutcome::ok));
        }
        if (action == "exchange")
            return exchange(who, arguments);
        if (action == "reset-card")
            return told(port_->reconnect(who, disposition_of(arguments.word("kind"))));
        if (action == "features")
            return tell_features(port_->ask_features());
        if (action == "sharing")
            return sharing();
        if (action == "latency")
            return latency(arguments.number("count"));
        TONGKA_CHECK(port_->move(action == "insert"));
        return Values().set_word("outcome", name(PortOutcome::ok));
    }

private:
    static std::optional<CardProtocol> protocol_of(std::string_view word) {
        if (word.empty() || word == "any")
            return std::nullopt;
        return word == "t0" ? CardProtocol::t0 : CardProtocol::t1;
    }

    /// One that changes nothing on any card: a status word of the reference card's, else GET CHALLENGE.
    [[nodiscard]] core::Bytes shortest() const { return reference_ ? "801E900000"_hex : "0084000004"_hex; }

    core::Result<Values> status() {
        TONGKA_TRY(const auto status, port_->status());
        Values results;
        results.set_word("present", status.present ? "yes" : "no").set_word("name", port_->reader());
        if (status.present)
            tell_atr(status.answer_to_reset, results);
        return results;
    }

    core::Result<Values> exchange(Connection who, const Values& arguments) {
        auto command = core::to_bytes(arguments.bytes("command"));
        core::append(command, arguments.bytes("data"));
        for (std::uint32_t at = 0; at < arguments.number("pattern"); ++at)
            command.push_back(static_cast<core::Byte>(at));
        core::append(command, arguments.bytes("le"));
        const auto begun = Clock::now();
        const auto answer = port_->transmit(who, command);
        const auto taken = Clock::now() - begun;
        Values results;
        if (answer.outcome != PortOutcome::ok || answer.bytes.size() < 2)
            return results.set_word("outcome",
                                    name(answer.outcome == PortOutcome::ok ? PortOutcome::lost : answer.outcome));
        const auto data = core::BytesView(answer.bytes).first(answer.bytes.size() - 2);
        core::Byte next = 0;
        const bool counts_up = std::ranges::all_of(data, [&](core::Byte byte) { return byte == next++; });
        results.set_word("outcome", name(PortOutcome::ok)).set("sw", core::BytesView(answer.bytes).last(2));
        results.set("answer", data).set_number("length", static_cast<std::uint32_t>(data.size()));
        return results.set_word("counts-up", counts_up ? "yes" : "no")
            .set_number("milliseconds", count<std::chrono::milliseconds>(taken));
    }

    core::Result<Values> sharing() {
        Values results;
        const auto try_second = [&](std::string_view result, Share share) {
            results.set_word(result, name(port_->connect(ReaderPort::second, share, std::nullopt).outcome));
        };
        port_->disconnect(ReaderPort::second, Disposition::leave);
        (void)port_->connect(ReaderPort::first, Share::shared, std::nullopt);
        try_second("second-shared", Share::shared);
        const auto begun = port_->begin_transaction(ReaderPort::first);
        results.set_word("transaction", name(begun));
        results.set_word("keeps-out", port_->keeps_out_second(shortest()) ? "yes" : "no");
        results.set_word("afterwards", name(port_->transmit(ReaderPort::second, shortest()).outcome));
        try_second("exclusive-beside-shared", Share::exclusive);
        port_->disconnect(ReaderPort::second, Disposition::leave);
        (void)port_->connect(ReaderPort::first, Share::exclusive, std::nullopt);
        try_second("second-exclusive", Share::exclusive);
        try_second("shared-beside-exclusive", Share::shared);
        port_->disconnect(ReaderPort::second, Disposition::leave);
        port_->disconnect(ReaderPort::first, Disposition::leave);
        return results;
    }

    core::Result<Values> latency(std::uint32_t wanted) {
        std::vector<std::uint32_t> times;
        auto outcome = PortOutcome::ok;
        for (std::uint32_t at = 0; at < wanted && outcome == PortOutcome::ok; ++at) {
            const auto begun = Clock::now();
            outcome = port_->transmit(ReaderPort::first, shortest()).outcome;
            if (outcome == PortOutcome::ok)
                times.push_back(count<std::chrono::microseconds>(Clock::now() - begun));
        }
        std::ranges::sort(times);
        Values results;
        results.set_word("outcome", name(outcome)).set_number("count", static_cast<std::uint32_t>(times.size()));
        results.set_number("lowest", times.empty() ? 0 : times.front());
        return results.set_number("median", times.empty() ? 0 : times[times.size() / 2]);
    }

    std::unique_ptr<ReaderPort> port_;
    ActorIdentity identity_;
    AtrShape shape_;
    bool reference_ = false;
};

} // namespace

core::Result<std::unique_ptr<Actor>> reader_actor(std::unique_ptr<ReaderPort> port, std::string spec) {
    auto actor = std::make_unique<ReaderActor>(std::move(port), std::move(spec));
    TONGKA_CHECK(actor->look());
    return actor;
}

core::Result<std::unique_ptr<Actor>> simulate_reader(const OpenOptions& options) {
    std::optional<ReaderDeviation> deviation;
    if (!options.deviation.empty()) {
        deviation = find_reader_deviation(options.deviation);
        if (!deviation)
            return core::fail(fmt::format("readers have no deviation '{}'", options.deviation));
    }
    return reader_actor(simulate_port(deviation), "sim:reader");
}

core::Result<std::unique_ptr<Actor>> open_reader(std::string_view spec, const std::string& reader,
                                                 const OpenOptions& options) {
    if (!options.deviation.empty())
        return core::fail(fmt::format("'{}' is not simulated and has no deviation", spec));
    CardMover mover;
    if (options.lab.move)
        mover = [move = options.lab.move, reader](bool in) { return move(reader, in); };
    TONGKA_TRY(auto port, open_pcsc_port(reader, std::move(mover)));
    return reader_actor(std::move(port), std::string(spec));
}

} // namespace tongka::harness
