#include "cli/lab/relay_chip.hpp"

#include <array>
#include <fcntl.h>
#include <sys/socket.h>

#include "simulator/chip/smart_card.hpp"

namespace tongka::cli {

using simulator::Descriptor;

namespace {

/// Longer than any answer of a card; a peer that gives none is gone.
constexpr timeval answer_budget{60, 0};
constexpr std::size_t longest = 1 + 65536 + 2;

constexpr simulator::Reason relayed{0x9000, "as the other side answered", "cli/lab/relay_chip.hpp"};

core::Bytes message_of(RelayMessage kind) {
    return {static_cast<core::Byte>(kind)};
}

/// In short form; on T=0 the peer is an APDU level, so the Le that T=0 left out is there again.
core::Bytes apdu_of(const core::Command& command, bool whole_answers) {
    auto bytes = message_of(RelayMessage::command);
    core::append(bytes, core::Bytes{command.cla, command.ins, command.p1, command.p2});
    if (!command.data.empty()) {
        bytes.push_back(static_cast<core::Byte>(command.data.size()));
        core::append(bytes, command.data);
    }
    if (command.ne || (whole_answers && !command.data.empty()))
        bytes.push_back(static_cast<core::Byte>(command.ne.value_or(0)));
    return bytes;
}

class RelayChip final : public simulator::Chip, private simulator::Executor {
public:
    /// As `model` shows itself to a reader; the model is asked for nothing else.
    RelayChip(const simulator::SmartCard& model, simulator::Descriptor socket);

    core::BytesView power_on() override;
    core::BytesView reset() override;
    void power_off() override { powered_ = false; }
    [[nodiscard]] core::BytesView answer_to_reset() const override { return appearance_.answer_to_reset; }
    [[nodiscard]] core::BytesView uid() const override { return appearance_.uid; }
    [[nodiscard]] core::BytesView exchange(core::BytesView command) override;
    void cut_power_at(std::optional<Cut>) override {}

private:
    simulator::Reply execute(const core::Command& command, core::Bytes& answer) override;

    simulator::Appearance appearance_;
    std::unique_ptr<simulator::Transport> transport_;
    simulator::Descriptor socket_;
    bool powered_ = false;
};

RelayChip::RelayChip(const simulator::SmartCard& model, Descriptor socket)
    : appearance_(model.appearance(0)), socket_(std::move(socket)) {
    if (appearance_.protocol == simulator::Protocol::t0)
        transport_ = std::make_unique<simulator::T0Transport>();
    else
        transport_ = std::make_unique<simulator::ApduTransport>();
    ::setsockopt(socket_.get(), SOL_SOCKET, SO_RCVTIMEO, &answer_budget, sizeof answer_budget);
}

core::BytesView RelayChip::power_on() {
    return reset();
}

core::BytesView RelayChip::reset() {
    powered_ = true;
    transport_->reset();
    const auto message = message_of(RelayMessage::reset);
    // Nobody may be listening between two programs: a reset waits for no answer.
    (void)!::send(socket_.get(), message.data(), message.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    return appearance_.answer_to_reset;
}

core::BytesView RelayChip::exchange(core::BytesView command) {
    if (!powered_)
        return {};
    const auto answer = transport_->exchange(command, *this);
    return powered_ ? answer : core::BytesView{};
}

simulator::Reply RelayChip::execute(const core::Command& command, core::Bytes& answer) {
    const auto message = apdu_of(command, appearance_.protocol == simulator::Protocol::t0);
    core::Bytes reply(longest);
    const bool sent = ::send(socket_.get(), message.data(), message.size(), MSG_NOSIGNAL) >= 0;
    const auto size = sent ? ::recv(socket_.get(), reply.data(), reply.size(), 0) : -1;
    if (size < 3 || reply[0] != static_cast<core::Byte>(RelayMessage::answer)) {
        powered_ = false;
        return simulator::refuse(relayed);
    }
    core::append(answer, core::BytesView(reply).subspan(1, static_cast<std::size_t>(size) - 3));
    const auto* end = reply.data() + size;
    return {static_cast<core::StatusWord>(end[-2] << 8 | end[-1]), &relayed};
}

} // namespace

std::unique_ptr<simulator::Chip> relay_chip(const simulator::SmartCard& model, Descriptor socket) {
    return std::make_unique<RelayChip>(model, std::move(socket));
}

core::Result<RelayPair> make_relay() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends.data()) != 0)
        return simulator::fail_with_errno("socketpair");
    ::fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    return RelayPair{Descriptor(ends[0]), Descriptor(ends[1])};
}

} // namespace tongka::cli
