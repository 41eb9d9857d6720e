#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "core/result.hpp"
#include "harness/clearing/tac_keys.hpp"
#include "harness/clearing/transaction.hpp"
#include "harness/clearing/verdict.hpp"

namespace tongka::harness::clearing {

/// What records are held against.
struct Terms {
    TacKeys* keys = nullptr;
    std::vector<std::uint64_t> blacklist = {};                ///< ASNs, sorted
    std::optional<std::set<TacKeys::City>> cities = {};       ///< those of the network; none: whoever has a key
    std::array<core::Byte, 7> latest{};                       ///< later than this is in the future
    std::vector<std::optional<TacKeys::City>> trading_cities; ///< by file: what its header says
    bool has_tac = true;                                      ///< the layout carries TACs
    bool has_pos_serial = true;                               ///< the layout carries the POS's count
};

struct Judgement {
    Verdict verdict = Verdict::accepted;
    core::Byte notices = 0; ///< bits of Notice
};

/// The number that cards are sorted by.
[[nodiscard]] std::uint64_t card_number(const Transaction& transaction);

/// Judges all transactions of some cards, in the order of clauses.md D: time, city, duplicate, TAC and grey record,
/// amount, test; then the blacklist. Two are the same by card, counter and TAC, or by card, merchant, POS and POS
/// serial; the later file and line is the duplicate. A record that was refused for its time, city or TAC was never
/// taken: it makes no later one a duplicate, so that nobody loses a payment to a forged or misdirected record
/// (inferred). A locking of a card pays nothing and has no TAC. Notices come from the order of a card's counters;
/// records with a wrong TAC only fill a place in it.
[[nodiscard]] core::Result<void> judge(std::span<const Transaction> transactions, const Terms& terms,
                                       std::vector<Judgement>& judgements);

} // namespace tongka::harness::clearing
