#pragma once

#include <optional>

#include "core/rules.hpp"
#include "simulator/terminal/fares.hpp"
#include "simulator/terminal/moment.hpp"

namespace tongka::simulator {

/// A pass of a gate, as a composite record keeps it (clauses.md E: entry and exit of a metro).
struct Pass {
    ShortMoment moment{};
    Place place{};
    core::Byte status = 0; ///< 00 never used; of an entry 01 open, 02 closed by an exit; of an exit 01
    std::uint16_t amount = 0;
    core::Byte pointer = 0; ///< counts passes, modulo 8: even = entry, odd = exit

    [[nodiscard]] bool in_use() const { return status != 0; }
};

/// What a card carries of its rides.
struct Ride {
    Pass entry{};
    Pass exit{};                               ///< the last one, of a ride before while the card is inside
    std::array<core::Byte, 3> operator_code{}; ///< who let it out
    bool locked = false;

    [[nodiscard]] bool is_inside() const { return entry.status == 0x01; }

    /// What the ride is after an entry, and after an exit.
    void enter(const Moment& moment, const Place& place, std::uint16_t amount);
    void leave(const Moment& moment, const Place& place, std::uint16_t amount,
               const std::array<core::Byte, 3>& by_operator);
};

/// Where a card keeps its ride, and in which form. Public are the file, that 80DC stages one record of it, its length
/// 48, id, length and lock byte, and entry and exit of one city's metro in the order moment 5, line 1, station 1,
/// status 1, amount 2, pointer 1 (standards.md 3.3, 12; clauses.md E). The rest is inferred: on cards that look at byte
/// 4 (rule composite-state-only) entry and exit stand two bytes further on, the operator's code follows the exit, and a
/// cyclic file has one pass a record of 16 bytes.
class CompositeFile {
public:
    /// File and form as the rules say; `record` is the identifier or number of the record, 00 in a cyclic file.
    CompositeFile(const core::Rules& rules, std::uint16_t file, core::Byte record);

    /// READ RECORD of the ride; of a cyclic file the newest record, or (`previous`) the one before.
    [[nodiscard]] core::Bytes read_command(bool previous = false) const;
    [[nodiscard]] bool is_cyclic() const { return cyclic_; }

    /// Nothing where the record has another form. `previous` is empty but for a cyclic file.
    [[nodiscard]] std::optional<Ride> parse(core::BytesView record, core::BytesView previous) const;

    /// UPDATE CAPP DATA CACHE with the ride after an entry or an exit; `record` is what was read.
    [[nodiscard]] core::Bytes update_command(core::BytesView record, const Ride& ride, bool entry) const;

private:
    [[nodiscard]] std::size_t entry_at() const { return state_only_ ? 5 : 3; }

    core::Byte short_id_;
    core::Byte record_;
    bool cyclic_;
    bool by_number_;
    bool state_only_; ///< byte 4 tells the card not to debit
};

} // namespace tongka::simulator
