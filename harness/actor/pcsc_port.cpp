#include "harness/actor/pcsc_port.hpp"

#include <array>
#include <future>
#include <reader.h>
#include <vector>
#include <winscard.h>

#include <fmt/format.h>

namespace tongka::harness {
namespace {

/// 256 bytes and a status word, and room that shows an answer that is too long.
constexpr std::size_t largest_answer = 300;
/// How long a command of another program may wait before it counts as kept out by a transaction.
constexpr auto patience = std::chrono::milliseconds(300);

PortOutcome outcome_of(LONG code) {
    switch (code) {
    case SCARD_S_SUCCESS:
        return PortOutcome::ok;
    case SCARD_E_SHARING_VIOLATION:
        return PortOutcome::busy;
    case SCARD_W_REMOVED_CARD:
    case SCARD_E_NO_SMARTCARD:
        return PortOutcome::no_card;
    case SCARD_W_RESET_CARD:
        return PortOutcome::was_reset;
    case SCARD_E_PROTO_MISMATCH:
        return PortOutcome::wrong_protocol;
    case SCARD_E_TIMEOUT:
        return PortOutcome::timeout;
    default:
        return PortOutcome::lost;
    }
}

core::Error pcsc_error(std::string_view what, LONG code) {
    return {
        fmt::format("PC/SC: {}: {} (0x{:08X})", what, pcsc_stringify_error(code), static_cast<std::uint32_t>(code))};
}

DWORD code_of(Disposition disposition) {
    return disposition == Disposition::warm   ? SCARD_RESET_CARD
           : disposition == Disposition::cold ? SCARD_UNPOWER_CARD
                                              : SCARD_LEAVE_CARD;
}

/// Of one program: calls of two on one context would wait for each other in this process, not in the service.
struct Link {
    SCARDCONTEXT context = 0;
    SCARDHANDLE card = 0;
    DWORD share = SCARD_SHARE_SHARED;
    DWORD protocol = 0;
};

class PcscPort final : public ReaderPort {
public:
    PcscPort(std::string name, CardMover mover) : name_(std::move(name)), mover_(std::move(mover)) {}
    ~PcscPort() override {
        for (auto& link : links_) {
            if (link.card)
                SCardDisconnect(link.card, SCARD_RESET_CARD);
            if (link.context)
                SCardReleaseContext(link.context);
        }
    }

    [[nodiscard]] core::Result<void> establish() {
        for (auto& link : links_)
            if (const LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &link.context))
                return core::fail(pcsc_error("SCardEstablishContext", code));
        return {};
    }

    [[nodiscard]] const std::string& reader() const override { return name_; }

    [[nodiscard]] core::Result<PortStatus> status() override {
        SCARD_READERSTATE state{};
        state.szReader = name_.c_str();
        if (const LONG code = SCardGetStatusChange(links_[first].context, 0, &state, 1))
            return core::fail(pcsc_error(name_, code));
        return PortStatus{(state.dwEventState & SCARD_STATE_PRESENT) != 0,
                          core::Bytes(state.rgbAtr, state.rgbAtr + state.cbAtr)};
    }

    [[nodiscard]] PortConnected connect(Connection who, Share share, std::optional<CardProtocol> protocol) override {
        auto& link = links_[who];
        disconnect(who, Disposition::leave);
        const DWORD wanted = !protocol                       ? SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1
                             : *protocol == CardProtocol::t0 ? SCARD_PROTOCOL_T0
                                                             : SCARD_PROTOCOL_T1;
        link.share = share == Share::shared ? SCARD_SHARE_SHARED : SCARD_SHARE_EXCLUSIVE;
        const LONG code = SCardConnect(link.context, name_.c_str(), link.share, wanted, &link.card, &link.protocol);
        if (code) {
            link.card = 0;
            return {outcome_of(code), {}, {}};
        }
        return connected(link);
    }

    [[nodiscard]] PortConnected reconnect(Connection who, Disposition disposition) override {
        auto& link = links_[who];
        const DWORD protocols = link.protocol;
        const LONG code = SCardReconnect(link.card, link.share, protocols, code_of(disposition), &link.protocol);
        if (code)
            return {outcome_of(code), {}, {}};
        return connected(link);
    }

    void disconnect(Connection who, Disposition disposition) override {
        auto& link = links_[who];
        if (link.card)
            SCardDisconnect(link.card, code_of(disposition));
        link.card = 0;
    }

    [[nodiscard]] PortAnswer transmit(Connection who, core::BytesView command) override {
        const auto& link = links_[who];
        core::Bytes answer(largest_answer);
        DWORD size = answer.size();
        const auto* pci = link.protocol == SCARD_PROTOCOL_T0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
        const LONG code = SCardTransmit(link.card, pci, command.data(), command.size(), nullptr, answer.data(), &size);
        if (code)
            return {outcome_of(code), {}};
        answer.resize(size);
        return {PortOutcome::ok, std::move(answer)};
    }

    [[nodiscard]] PortOutcome begin_transaction(Connection who) override {
        return outcome_of(SCardBeginTransaction(links_[who].card));
    }
    void end_transaction(Connection who) override { SCardEndTransaction(links_[who].card, SCARD_LEAVE_CARD); }

    [[nodiscard]] bool keeps_out_second(core::BytesView command) override {
        auto other = std::async(std::launch::async, [&] { return transmit(second, command).outcome; });
        const bool waits = other.wait_for(patience) != std::future_status::ready;
        end_transaction(first);
        const auto came = other.get();
        return waits || came == PortOutcome::busy;
    }

    [[nodiscard]] PortAnswer ask_features() override {
        core::Bytes answer(largest_answer);
        DWORD size = 0;
        const LONG code = SCardControl(links_[first].card, CM_IOCTL_GET_FEATURE_REQUEST, nullptr, 0, answer.data(),
                                       answer.size(), &size);
        if (code)
            return {outcome_of(code), {}};
        answer.resize(size);
        return {PortOutcome::ok, std::move(answer)};
    }

    [[nodiscard]] bool can_move() const override { return static_cast<bool>(mover_); }
    [[nodiscard]] core::Result<void> move(bool in) override {
        TONGKA_TRY(const auto now, status());
        if (now.present == in)
            return {};
        return mover_(in);
    }

private:
    static PortConnected connected(const Link& link) {
        std::array<core::Byte, MAX_ATR_SIZE> atr{};
        DWORD size = atr.size();
        DWORD name_size = 0;
        DWORD state = 0;
        DWORD protocol = 0;
        const LONG code = SCardStatus(link.card, nullptr, &name_size, &state, &protocol, atr.data(), &size);
        if (code)
            return {outcome_of(code), {}, {}};
        return {PortOutcome::ok, link.protocol == SCARD_PROTOCOL_T0 ? CardProtocol::t0 : CardProtocol::t1,
                core::Bytes(atr.begin(), atr.begin() + size)};
    }

    std::string name_;
    CardMover mover_;
    std::array<Link, 2> links_{};
};

} // namespace

core::Result<std::unique_ptr<ReaderPort>> open_pcsc_port(std::string name, CardMover mover) {
    auto port = std::make_unique<PcscPort>(std::move(name), std::move(mover));
    TONGKA_CHECK(port->establish());
    return port;
}

} // namespace tongka::harness
