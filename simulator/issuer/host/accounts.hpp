#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "simulator/issuer/host/load.hpp"

namespace tongka::simulator {

namespace sql {
class Database;
}

/// A card that may be loaded, and the account that pays for it.
struct CardEntry {
    Asn asn{};
    std::array<core::Byte, 2> city{}; ///< BCD
    core::Byte generation = 1;        ///< of the key system that its keys come from
    std::string account;
    bool blocked = false;
    std::uint64_t wrong_mac1 = 0; ///< how many requests came with a wrong MAC1
};

/// Where the money is, in fen: each move is between two of these, so their sum changes with deposits alone.
struct Totals {
    std::uint64_t accounts = 0;
    std::uint64_t held = 0;   ///< by loads authorised or disputed, and as limits of load SAMs that are logged in
    std::uint64_t booked = 0; ///< on cards
    bool operator==(const Totals&) const = default;
};

/// The load host's book, in an SQLite file: accounts, cards, loads. Each function is one transaction: when it returns
/// its effect is on the disk, and a process that dies leaves it done or not begun. One process has the file open at a
/// time, and uses it from one thread at a time.
///
/// Every Error is one line that begins with the path.
class Accounts {
public:
    /// Opens the file, or makes it (readable by its owner alone) where there is none. Refused: a file in use, of
    /// another make or version, or damaged.
    [[nodiscard]] static core::Result<Accounts> open(const std::filesystem::path& path);
    Accounts(Accounts&&) noexcept;
    Accounts& operator=(Accounts&&) noexcept;
    ~Accounts();

    /// An Error where there is an account of this name. `balance` is at most 2^53 fen.
    [[nodiscard]] core::Result<void> add_account(std::string_view name, std::uint64_t balance);
    [[nodiscard]] core::Result<void> deposit(std::string_view name, std::uint64_t amount);
    /// What may be spent: what is on hold is taken off already.
    [[nodiscard]] core::Result<std::uint64_t> balance(std::string_view name);

    /// An Error where the card is there already, or its account is not.
    [[nodiscard]] core::Result<void> add_card(const CardEntry& card);
    [[nodiscard]] core::Result<void> set_blocked(const Asn& asn, bool blocked);
    [[nodiscard]] core::Result<std::optional<CardEntry>> card(const Asn& asn);
    [[nodiscard]] core::Result<void> count_wrong_mac1(const Asn& asn);

    /// Puts the amount of an authorised load on hold; the load as it stands in the book. One that is there already with
    /// the same random number and content is given back as it was booked first (date, time and challenge too), and
    /// nothing is held again. Refused: other_content, load_booked, load_cancelled (this very load); load_open (another
    /// of the purse), counter_used, not_enough_money.
    [[nodiscard]] core::Result<Decision<Load>> hold(const Load& load);

    /// The load of this name; of several (all but one were cancelled) the last.
    [[nodiscard]] core::Result<std::optional<Load>> find(const LoadName& name);
    /// The load of this purse that is authorised or disputed: there is at most one.
    [[nodiscard]] core::Result<std::optional<Load>> open_load(const Asn& asn, core::Byte type);
    /// All loads of a card, the oldest first.
    [[nodiscard]] core::Result<std::vector<Load>> loads(const Asn& asn);

    // What becomes of a load that is open; an Error where it is not.
    [[nodiscard]] core::Result<void> book(const LoadName& name, const core::Mac& tac, std::uint32_t new_balance);
    [[nodiscard]] core::Result<void> dispute(const LoadName& name);
    [[nodiscard]] core::Result<void> cancel(const LoadName& name);

    [[nodiscard]] core::Result<Totals> totals();

    /// For the chapters of the book that stand elsewhere (simulator/issuer/service): terminals and load SAMs.
    [[nodiscard]] sql::Database& database() { return *database_; }

private:
    explicit Accounts(std::string path, std::unique_ptr<sql::Database> database);
    [[nodiscard]] core::Error error(std::string message) const;

    std::string path_;
    std::unique_ptr<sql::Database> database_;
};

} // namespace tongka::simulator
