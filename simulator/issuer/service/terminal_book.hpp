#pragma once

#include "core/crypto/sha256.hpp"
#include "simulator/issuer/host/accounts.hpp"

namespace tongka::simulator {

using TerminalNumber = std::array<core::Byte, 6>;

/// A terminal that may send messages, and the last of them.
struct TerminalEntry {
    std::uint32_t sequence = 0;  ///< of the last message that was processed; 0: none yet
    core::Digest request{};      ///< SHA-256 of its frame
    core::Bytes answer;          ///< the frame it was answered with
    std::uint64_t wrong_mac = 0; ///< how many messages came in its name with a wrong MAC
};

/// The chapter of the account book that keeps what outlives a message: each function is one transaction, as in
/// Accounts.
class TerminalBook {
public:
    /// `accounts` must outlive it.
    explicit TerminalBook(Accounts& accounts) : database_(accounts.database()) {}

    /// A terminal that is there already stays as it is.
    [[nodiscard]] core::Result<void> add(const TerminalNumber& number);
    [[nodiscard]] core::Result<std::optional<TerminalEntry>> find(const TerminalNumber& number);

    /// The last message of a terminal that is in the book.
    [[nodiscard]] core::Result<void> keep(const TerminalNumber& number, std::uint32_t sequence,
                                          const core::Digest& request, core::BytesView answer);
    /// Nothing happens where the terminal is not in the book.
    [[nodiscard]] core::Result<void> count_wrong_mac(const TerminalNumber& number);

    /// The serial number of an authorisation: the same for the same load, else one more than the last.
    [[nodiscard]] core::Result<std::uint64_t> authorisation(const LoadName& name, core::BytesView random);

private:
    sql::Database& database_;
};

} // namespace tongka::simulator
