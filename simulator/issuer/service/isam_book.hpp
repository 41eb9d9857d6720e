#pragma once

#include "core/message/response_code.hpp"
#include "simulator/issuer/host/accounts.hpp"

namespace tongka::simulator {

/// Serial number of a load SAM, right-most 8 bytes.
using IsamSerial = std::array<core::Byte, 8>;

struct IsamEntry {
    IsamSerial serial{};
    std::string account;    ///< that pays for its loads
    std::uint32_t most = 0; ///< what one log-in may grant, in fen
    bool blocked = false;
};

enum class SessionState : std::uint8_t {
    open,    ///< the limit is on hold, and may stand in the SAM
    closing, ///< the SAM was told to load no more
    closed,  ///< the log-out has come: what was loaded is spent, the rest is back in the account
};

/// From log-in to log-out.
struct IsamSession {
    std::uint32_t batch = 0;
    std::uint32_t amount = 0; ///< what was granted, in fen
    std::array<core::Byte, 7> until{};
    std::array<core::Byte, 6> terminal{}; ///< that logged in last
    SessionState state = SessionState::open;
    std::optional<std::uint32_t> first_serial = {}; ///< of the SAM when its limit was opened
    std::optional<std::uint32_t> last_serial = {};  ///< and closed
    std::optional<std::uint32_t> remaining = {};    ///< of the amount, when it was closed
    std::optional<std::uint32_t> load_count = {};   ///< of the log-out
    std::optional<std::uint32_t> load_amount = {};
    std::optional<std::uint32_t> deposit_amount = {};
};

/// The sums of a log-out; amounts in fen.
struct IsamSums {
    std::uint32_t load_count = 0;
    std::uint32_t load_amount = 0;
    std::uint32_t deposit_amount = 0;
};

/// The chapter of the account book about load SAMs. A limit is on hold from log-in to log-out; how a host does this is
/// our reading (inferred; clauses.md F has the messages alone). Each function is one transaction, as in Accounts.
class IsamBook {
public:
    /// `accounts` must outlive it.
    explicit IsamBook(Accounts& accounts) : accounts_(accounts), database_(accounts.database()) {}

    /// An Error where its account is not there; a SAM that is there already gets the new values.
    [[nodiscard]] core::Result<void> add(const IsamEntry& entry);
    [[nodiscard]] core::Result<std::optional<IsamEntry>> find(const IsamSerial& serial);

    /// The session that was not logged out; there is at most one.
    [[nodiscard]] core::Result<std::optional<IsamSession>> session(const IsamSerial& serial);
    [[nodiscard]] core::Result<std::optional<IsamSession>> session(const IsamSerial& serial, std::uint32_t batch);

    /// Puts a limit on hold: `most`, or what the account holds where that is less; none where it is empty.
    [[nodiscard]] core::Result<std::optional<IsamSession>> grant(const IsamEntry& entry, std::uint32_t most,
                                                                 const std::array<core::Byte, 7>& until,
                                                                 const std::array<core::Byte, 6>& terminal);
    /// The SAM has logged in from this terminal.
    [[nodiscard]] core::Result<void> logged_in(std::uint32_t batch, const std::array<core::Byte, 6>& terminal);
    /// The serial number that the SAM had when its limit was opened first.
    [[nodiscard]] core::Result<void> opened(std::uint32_t batch, std::uint32_t serial);
    [[nodiscard]] core::Result<void> closing(std::uint32_t batch, std::uint32_t serial, std::uint32_t remaining);
    /// Spends what was loaded and gives the rest back. An Error for a session that is closed, or more than was granted.
    [[nodiscard]] core::Result<void> close(std::uint32_t batch, const IsamSums& sums);

private:
    Accounts& accounts_;
    sql::Database& database_;
};

} // namespace tongka::simulator
