#include "harness/device/pcsc.hpp"

#include <array>
#include <winscard.h>

#include <fmt/format.h>

#include "core/apdu.hpp"
#include "core/hex.hpp"
#include "harness/device/identify.hpp"

namespace tongka::harness {
namespace {

// An extended APDU's 65536 bytes and a status word are the most that PC/SC hands back.
constexpr std::size_t largest_answer = 65538;

core::Error pcsc_error(std::string_view what, LONG code) {
    switch (code) {
    case SCARD_W_REMOVED_CARD:
    case SCARD_E_NO_SMARTCARD:
        return {fmt::format("PC/SC: {}: the card was removed", what)};
    case SCARD_E_NO_SERVICE:
        return {fmt::format("PC/SC: {}: no PC/SC service is running (pcscd)", what)};
    case SCARD_E_NO_READERS_AVAILABLE:
        return {fmt::format("PC/SC: {}: there is no reader", what)};
    case SCARD_E_SHARING_VIOLATION:
        return {fmt::format("PC/SC: {}: another program is using the card", what)};
    default:
        return {fmt::format("PC/SC: {}: {} (0x{:08X})", what, pcsc_stringify_error(code),
                            static_cast<std::uint32_t>(code))};
    }
}

class Context {
public:
    static core::Result<Context> establish() {
        SCARDCONTEXT handle = 0;
        if (const LONG code = SCardEstablishContext(SCARD_SCOPE_SYSTEM, nullptr, nullptr, &handle))
            return core::fail(pcsc_error("SCardEstablishContext", code));
        return Context(handle);
    }
    Context(Context&& other) noexcept : handle_(std::exchange(other.handle_, 0)) {}
    Context& operator=(Context&&) = delete;
    ~Context() {
        if (handle_)
            SCardReleaseContext(handle_);
    }
    [[nodiscard]] SCARDCONTEXT handle() const { return handle_; }

private:
    explicit Context(SCARDCONTEXT handle) : handle_(handle) {}
    SCARDCONTEXT handle_;
};

core::Result<std::vector<ReaderState>> readers_of(SCARDCONTEXT context) {
    DWORD size = 0;
    LONG code = SCardListReaders(context, nullptr, nullptr, &size);
    std::vector<ReaderState> readers;
    if (code == SCARD_E_NO_READERS_AVAILABLE)
        return readers;
    std::string names(size, '\0');
    if (code == SCARD_S_SUCCESS)
        code = SCardListReaders(context, nullptr, names.data(), &size);
    if (code)
        return core::fail(pcsc_error("SCardListReaders", code));
    for (std::size_t at = 0; at < names.size() && names[at] != '\0'; at += readers.back().name.size() + 1)
        readers.push_back({.name = names.c_str() + at, .card_present = false, .answer_to_reset = {}});
    for (auto& reader : readers) {
        SCARD_READERSTATE state{};
        state.szReader = reader.name.c_str();
        if (SCardGetStatusChange(context, 0, &state, 1) != SCARD_S_SUCCESS)
            continue;
        reader.card_present = (state.dwEventState & SCARD_STATE_PRESENT) != 0;
        reader.answer_to_reset.assign(state.rgbAtr, state.rgbAtr + state.cbAtr);
    }
    return readers;
}

class PcscDevice final : public Device {
public:
    PcscDevice(Context context, std::string reader, LabHands hands)
        : context_(std::move(context)), hands_(std::move(hands)) {
        identity_.reader = std::move(reader);
        identity_.spec = "pcsc:" + identity_.reader;
    }
    ~PcscDevice() override {
        if (card_)
            SCardDisconnect(card_, SCARD_RESET_CARD);
    }

    core::Result<void> connect() {
        DWORD protocol = 0;
        const LONG code = SCardConnect(context_.handle(), identity_.reader.c_str(), SCARD_SHARE_EXCLUSIVE,
                                       SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card_, &protocol);
        if (code)
            return core::fail(pcsc_error(identity_.reader, code));
        identity_.protocol = protocol == SCARD_PROTOCOL_T0 ? Protocol::t0 : Protocol::apdu;
        TONGKA_TRY(identity_.answer_to_reset, answer_to_reset());
        // PC/SC part 3: the reader itself answers this with the UID of a contactless card.
        static constexpr std::array<core::Byte, 5> get_uid{0xFF, 0xCA, 0x00, 0x00, 0x00};
        if (identity_.protocol == Protocol::apdu)
            if (const auto answer = transmit(get_uid); answer && core::BytesView(*answer).last(2)[0] == 0x90)
                identity_.uid.assign(answer->begin(), answer->end() - 2);
        // A lab whose cards stay in their readers refuses this.
        can_be_torn_ = hands_.tear && hands_.tear(identity_.reader, std::nullopt);
        return {};
    }

    const Identity& identity() const override { return identity_; }
    void set_number(core::Bytes number) { identity_.number = std::move(number); }

    bool can_be_torn() const override { return can_be_torn_; }
    core::Result<void> tear(std::optional<Tear> where) override {
        is_armed_ = where.has_value();
        return hands_.tear(identity_.reader, where);
    }

    core::Result<void> reset() override {
        DWORD protocol = 0;
        if (has_left_)
            return come_back();
        const LONG code = SCardReconnect(card_, SCARD_SHARE_EXCLUSIVE, SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1,
                                         SCARD_RESET_CARD, &protocol);
        if (code)
            return core::fail(pcsc_error(identity_.reader, code));
        return {};
    }

    core::Result<core::Bytes> transmit(core::BytesView command) override {
        answer_.resize(largest_answer);
        DWORD size = answer_.size();
        const auto* pci = identity_.protocol == Protocol::t0 ? SCARD_PCI_T0 : SCARD_PCI_T1;
        const LONG code = SCardTransmit(card_, pci, command.data(), command.size(), nullptr, answer_.data(), &size);
        if (code)
            return core::fail(pcsc_error(identity_.reader, code));
        // PC/SC reports success with 0 bytes when a card vanishes.
        has_left_ = size < 2 && is_armed_;
        if (size < 2)
            return core::fail(fmt::format("PC/SC: {}: the answer was lost ({} bytes came)", identity_.reader, size));
        return core::Bytes(answer_.begin(), answer_.begin() + static_cast<std::ptrdiff_t>(size));
    }

    core::Result<core::Bytes> answer_to_reset() override {
        std::array<core::Byte, MAX_ATR_SIZE> atr{};
        DWORD size = atr.size();
        DWORD name_size = 0;
        DWORD state = 0;
        DWORD protocol = 0;
        const LONG code = SCardStatus(card_, nullptr, &name_size, &state, &protocol, atr.data(), &size);
        if (code)
            return core::fail(pcsc_error(identity_.reader, code));
        return core::Bytes(atr.begin(), atr.begin() + size);
    }

private:
    /// The card that was torn left its reader: it is put in again, and is another card to PC/SC.
    core::Result<void> come_back() {
        SCardDisconnect(card_, SCARD_LEAVE_CARD);
        card_ = 0;
        TONGKA_CHECK(hands_.move(identity_.reader, true));
        DWORD protocol = 0;
        const LONG code = SCardConnect(context_.handle(), identity_.reader.c_str(), SCARD_SHARE_EXCLUSIVE,
                                       SCARD_PROTOCOL_T0 | SCARD_PROTOCOL_T1, &card_, &protocol);
        if (code)
            return core::fail(pcsc_error(identity_.reader, code));
        has_left_ = false;
        is_armed_ = false;
        return {};
    }

    Context context_;
    LabHands hands_;
    Identity identity_;
    SCARDHANDLE card_ = 0;
    bool can_be_torn_ = false;
    bool is_armed_ = false; ///< a tear was asked for
    bool has_left_ = false; ///< and has come
    core::Bytes answer_;
};

core::Result<std::unique_ptr<PcscDevice>> open(const std::string& reader, const LabHands& hands) {
    TONGKA_TRY(auto context, Context::establish());
    auto device = std::make_unique<PcscDevice>(std::move(context), reader, hands);
    TONGKA_CHECK(device->connect());
    device->set_number(read_number(*device));
    return device;
}

std::string in_quotes(const std::vector<const ReaderState*>& readers) {
    std::string names;
    for (const auto* reader : readers)
        names += fmt::format("{}'{}'", names.empty() ? "" : ", ", reader->name);
    return names;
}

/// The one reader whose name this is, or has this part; of several, the one that holds a card.
core::Result<std::string> reader_named(const std::vector<ReaderState>& readers, std::string_view which) {
    std::vector<const ReaderState*> all;
    std::vector<const ReaderState*> fitting;
    std::vector<const ReaderState*> occupied;
    for (const auto& reader : readers) {
        if (reader.name == which)
            return reader.name;
        all.push_back(&reader);
        if (reader.name.find(which) == std::string::npos)
            continue;
        fitting.push_back(&reader);
        if (reader.card_present)
            occupied.push_back(&reader);
    }
    if (fitting.size() == 1)
        return fitting.front()->name;
    if (occupied.size() == 1)
        return occupied.front()->name;
    if (fitting.empty())
        return core::fail(fmt::format("PC/SC: there is no reader '{}'; {}", which,
                                      all.empty() ? "there is none at all" : "there are " + in_quotes(all)));
    if (occupied.empty())
        return core::fail(fmt::format("PC/SC: no card in {}", in_quotes(fitting)));
    return core::fail(
        fmt::format("PC/SC: '{}' fits {} readers with a card: {}", which, occupied.size(), in_quotes(occupied)));
}

} // namespace

core::Result<std::vector<ReaderState>> list_readers() {
    TONGKA_TRY(const auto context, Context::establish());
    return readers_of(context.handle());
}

core::Result<std::string> find_reader(std::string_view which) {
    TONGKA_TRY(const auto readers, list_readers());
    return reader_named(readers, which);
}

core::Result<std::unique_ptr<Device>> connect_pcsc(std::string_view which, const LabHands& hands) {
    TONGKA_TRY(const auto readers, list_readers());
    const bool by_atr = which.starts_with("atr=");
    const bool by_asn = which.starts_with("asn=");
    if (!by_atr && !by_asn) {
        TONGKA_TRY(const auto reader, reader_named(readers, which));
        return open(reader, hands);
    }
    auto wanted = core::from_hex(which.substr(4));
    if (!wanted || wanted->empty())
        return core::fail(fmt::format("pcsc:{}: {}", which, wanted ? "no bytes" : wanted.error().message));
    for (const auto& reader : readers) {
        if (!reader.card_present)
            continue;
        if (by_atr) {
            const auto& atr = reader.answer_to_reset;
            if (atr.size() >= wanted->size() && std::equal(wanted->begin(), wanted->end(), atr.begin()))
                return open(reader.name, hands);
        } else if (auto device = open(reader.name, hands); device && (*device)->identity().number == *wanted) {
            return device;
        }
    }
    return core::fail(fmt::format("PC/SC: no reader holds a card with {}", which));
}

} // namespace tongka::harness
