#pragma once

#include "core/keys/key_store.hpp"
#include "core/message/frame.hpp"
#include "core/message/values.hpp"
#include "simulator/issuer/host/load_host.hpp"
#include "simulator/issuer/service/isam_book.hpp"
#include "simulator/issuer/service/terminal_book.hpp"

namespace tongka::simulator {

/// What the host says to one frame.
struct HostReply {
    core::Bytes frame; ///< to be sent; empty where no answer can be made, and the line is to be closed
    core::message::ResponseCode code = core::message::ResponseCode::done;
    std::string reason; ///< one line for the log, without keys
};

/// The load host behind messages (docs/online.md): MACs, sequence numbers and the window of time come first, then the
/// book. It knows nothing of transports, and is for one thread at a time.
///
/// A message that was processed is answered once more with the same bytes when it comes again, however late. It is kept
/// when it was done: a host that dies in between processes the repeat anew, and every message is made so that this
/// changes nothing.
class Service {
public:
    /// How far a message's time may be from the host's, either way (inferred).
    static constexpr std::chrono::minutes window{5};
    /// How long a log-in lasts (inferred).
    static constexpr std::chrono::hours log_in_lasts{24};
    /// How far ahead of the last sequence number a message may be (inferred): a number gone wrong must not use up all
    /// that are left.
    static constexpr std::uint32_t most_ahead = 4096;

    /// All must outlive it; `keys` is the store of a city.
    Service(Accounts& accounts, core::KeyStore& keys, core::Rules rules, const core::Clock& clock, core::Random& random,
            HostDeviations deviations = {});

    [[nodiscard]] HostReply handle(core::BytesView frame);

private:
    using Code = core::message::ResponseCode;
    using Values = core::message::Values;
    /// The fields of a reply, or the code of a refusal. An Error is a fault of the host.
    using Answer = core::Result<std::variant<Values, Code>>;

    [[nodiscard]] core::Result<HostReply> look(const core::message::Frame& request, core::BytesView bytes,
                                               const core::Cipher& key);
    /// What a message of this sequence number and time is refused with, unless it is new and in time.
    [[nodiscard]] std::optional<Code> refuse(const core::message::Frame& request, const TerminalEntry& entry,
                                             const core::Digest& digest) const;
    [[nodiscard]] HostReply answer(const core::message::Frame& request, const core::Cipher& key, Code code,
                                   core::BytesView body, std::string reason) const;
    [[nodiscard]] Answer process(const core::message::Frame& request, const Values& values);

    [[nodiscard]] Answer line_check(const core::message::Frame& request);
    [[nodiscard]] Answer load_request(const Values& values);
    [[nodiscard]] Answer load_result(const Values& values);
    [[nodiscard]] Answer load_inquiry(const Values& values);
    [[nodiscard]] Answer load_settlement(const Values& values);
    // What follows a log-in has to come from the terminal that made it.
    [[nodiscard]] Answer isam_log_in(const TerminalNumber& terminal, const Values& values);
    [[nodiscard]] Answer isam_limit(const TerminalNumber& terminal, const Values& values);
    [[nodiscard]] Answer isam_log_out(const TerminalNumber& terminal, const Values& values);
    /// Why the limit of a log-in may not be opened with the SAM at this serial number.
    [[nodiscard]] core::Result<std::optional<Code>> refuse_opening(const IsamSession& session, const IsamSerial& isam,
                                                                   std::uint32_t serial);

    [[nodiscard]] core::Result<core::Key> isam_key(std::string_view kind, core::Byte index, const IsamSerial& isam);
    /// China Standard Time, this much from now.
    [[nodiscard]] std::array<core::Byte, 7> moment(std::chrono::seconds from_now = {}) const;

    core::KeyStore& keys_;
    core::Rules rules_;
    const core::Clock& clock_;
    HostDeviations deviations_;
    LoadHost host_;
    TerminalBook terminals_;
    IsamBook isams_;
};

/// The working key that a terminal's messages are MACed with (docs/decisions/0010-messages.md): one level below the
/// city's UK.02.
[[nodiscard]] core::Result<core::Key> working_key(core::KeyStore& city, const TerminalNumber& terminal);

} // namespace tongka::simulator
