#include "simulator/terminal/composite_record.hpp"

#include <algorithm>

namespace tongka::simulator {
namespace {

using core::Byte;
using core::Bytes;
using core::BytesView;

constexpr std::size_t pass_size = 11;
constexpr std::size_t operator_size = 3;
constexpr std::size_t cyclic_size = 16;
constexpr std::size_t tagged_size = 48;
constexpr std::size_t lock_at = 2;
constexpr std::size_t flag_at = 4; // of state-only updates
constexpr std::size_t cyclic_lock_at = pass_size + operator_size;

Pass read_pass(BytesView bytes) {
    Pass pass;
    std::ranges::copy(bytes.first(5), pass.moment.begin());
    pass.place = {bytes[5], bytes[6]};
    pass.status = bytes[7];
    pass.amount = static_cast<std::uint16_t>(core::read_big_endian(bytes.subspan(8, 2)));
    pass.pointer = bytes[10];
    return pass;
}

void write_pass(std::span<Byte> to, const Pass& pass) {
    std::ranges::copy(pass.moment, to.begin());
    to[5] = pass.place.line;
    to[6] = pass.place.station;
    to[7] = pass.status;
    core::write_big_endian(to.subspan(8, 2), pass.amount);
    to[10] = pass.pointer;
}

void read_operator(BytesView bytes, Ride& ride) {
    std::ranges::copy(bytes.first(operator_size), ride.operator_code.begin());
}

} // namespace

void Ride::enter(const Moment& moment, const Place& place, std::uint16_t amount) {
    Byte pointer = 0;
    if (is_inside())
        pointer = static_cast<Byte>((entry.pointer + 2) % 8); // the exit between was forgotten
    else if (exit.in_use())
        pointer = static_cast<Byte>((exit.pointer + 1) % 8);
    entry = {.moment = shorten(moment), .place = place, .status = 0x01, .amount = amount, .pointer = pointer};
}

void Ride::leave(const Moment& moment, const Place& place, std::uint16_t amount,
                 const std::array<core::Byte, 3>& by_operator) {
    Byte pointer = 1;
    if (is_inside())
        pointer = static_cast<Byte>((entry.pointer + 1) % 8);
    else if (exit.in_use())
        pointer = static_cast<Byte>((exit.pointer + 2) % 8);
    if (entry.in_use())
        entry.status = 0x02;
    exit = {.moment = shorten(moment), .place = place, .status = 0x01, .amount = amount, .pointer = pointer};
    operator_code = by_operator;
}

CompositeFile::CompositeFile(const core::Rules& rules, std::uint16_t file, core::Byte record)
    : short_id_(static_cast<Byte>(file & 0x1F)), record_(record),
      cyclic_(rules.is(core::Rule::composite_update, "cyclic")),
      by_number_(rules.is(core::Rule::composite_update, "number")),
      state_only_(rules.is(core::Rule::composite_state_only, "by-record-byte")) {}

Bytes CompositeFile::read_command(bool previous) const {
    const auto mode = cyclic_ || by_number_ ? 0x04 : 0x00;
    const auto number = cyclic_ ? (previous ? Byte{2} : Byte{1}) : record_;
    return {0x00, 0xB2, number, static_cast<Byte>(short_id_ << 3 | mode),
            static_cast<Byte>(cyclic_ ? cyclic_size : tagged_size)};
}

std::optional<Ride> CompositeFile::parse(BytesView record, BytesView previous) const {
    Ride ride;
    if (cyclic_) {
        if (record.size() != cyclic_size)
            return std::nullopt;
        const Pass newest = read_pass(record);
        ride.locked = record[cyclic_lock_at] != 0;
        const bool is_exit = newest.pointer % 2 == 1;
        (is_exit ? ride.exit : ride.entry) = newest;
        if (is_exit)
            read_operator(record.subspan(pass_size), ride);
        if (previous.size() == cyclic_size && !is_exit && previous[10] % 2 == 1) {
            ride.exit = read_pass(previous);
            read_operator(previous.subspan(pass_size), ride);
        }
        return ride;
    }
    const std::size_t at = entry_at();
    if (record.size() != tagged_size)
        return std::nullopt;
    ride.locked = record[lock_at] != 0;
    ride.entry = read_pass(record.subspan(at));
    ride.exit = read_pass(record.subspan(at + pass_size));
    read_operator(record.subspan(at + 2 * pass_size), ride);
    return ride;
}

Bytes CompositeFile::update_command(BytesView record, const Ride& ride, bool entry) const {
    Bytes made = core::to_bytes(record);
    const std::span<Byte> to(made);
    if (cyclic_) {
        made.assign(cyclic_size, 0);
        write_pass(made, entry ? ride.entry : ride.exit);
        std::ranges::copy(ride.operator_code, made.begin() + pass_size);
    } else {
        const std::size_t at = entry_at();
        write_pass(to.subspan(at), ride.entry);
        write_pass(to.subspan(at + pass_size), ride.exit);
        std::ranges::copy(ride.operator_code, made.begin() + static_cast<std::ptrdiff_t>(at + 2 * pass_size));
        if (state_only_)
            made[flag_at] = entry && ride.entry.amount == 0 ? 0x01 : 0x00;
    }
    const auto mode = cyclic_ ? 0x03 : by_number_ ? 0x04 : 0x00;
    return core::concatenate({Bytes{0x80, 0xDC, cyclic_ ? Byte{0} : record_, static_cast<Byte>(short_id_ << 3 | mode),
                                    static_cast<Byte>(made.size())},
                              made});
}

} // namespace tongka::simulator
