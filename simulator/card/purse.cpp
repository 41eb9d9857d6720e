#include "simulator/card/purse.hpp"

#include "simulator/chip/files.hpp"

namespace tongka::simulator {
namespace {

// balance 4 | overdraft limit 3 | online counter 2 | offline counter 2 | proof of the last online and offline
// transaction: type 1, counter 2, MAC 4, TAC 4 | lock
constexpr Address overdraft_offset = 4;
constexpr Address proof_size = 11;
constexpr Address lock_offset = 11 + 2 * proof_size;

constexpr Address counter_offset(Counter which) {
    return which == Counter::online ? 7 : 9;
}
constexpr Address proof_offset(Counter which) {
    return which == Counter::online ? 11 : 11 + proof_size;
}

// Of a lock: state 1, type 1, balance 4, counter 2, terminal 6, terminal serial 4, date and time 7, TAC 4, key index 1,
// random 4, terminal random 4, lock terminal serial 2, errors 1.
constexpr Address lock_size = 41;
constexpr Address errors_offset = 40;
static_assert(lock_offset + lock_size <= purse_size);

template <std::size_t size>
void copy_to(core::BytesView bytes, std::size_t offset, std::array<core::Byte, size>& to) {
    std::ranges::copy(bytes.subspan(offset, size), to.begin());
}

} // namespace

core::BytesView Purse::available_bytes() const {
    return memory_.read(at_, 4);
}
std::uint32_t Purse::available() const {
    return static_cast<std::uint32_t>(core::read_big_endian(available_bytes()));
}
core::BytesView Purse::overdraft_limit() const {
    return memory_.read(at_ + overdraft_offset, 3);
}

core::BytesView Purse::counter_bytes(Counter which) const {
    return memory_.read(at_ + counter_offset(which), 2);
}
std::uint16_t Purse::counter(Counter which) const {
    return static_cast<std::uint16_t>(core::read_big_endian(counter_bytes(which)));
}

Proof Purse::proof(Counter which) const {
    const auto bytes = memory_.read(at_ + proof_offset(which), proof_size);
    Proof proof{.transaction_type = bytes[0],
                .counter = static_cast<std::uint16_t>(core::read_big_endian(bytes.subspan(1, 2)))};
    copy_to(bytes, 3, proof.mac);
    copy_to(bytes, 7, proof.tac);
    return proof;
}

LockState Purse::lock_state() const {
    return static_cast<LockState>(memory_.read(at_ + lock_offset, 1)[0]);
}

Lock Purse::lock() const {
    const auto bytes = memory_.read(at_ + lock_offset, lock_size);
    Lock lock{.state = static_cast<LockState>(bytes[0]),
              .transaction_type = bytes[1],
              .balance = static_cast<std::uint32_t>(core::read_big_endian(bytes.subspan(2, 4))),
              .counter = static_cast<std::uint16_t>(core::read_big_endian(bytes.subspan(6, 2))),
              .key_index = bytes[29],
              .unlock_errors = bytes[errors_offset]};
    copy_to(bytes, 8, lock.terminal);
    copy_to(bytes, 14, lock.terminal_serial);
    copy_to(bytes, 18, lock.date_time);
    copy_to(bytes, 25, lock.tac);
    copy_to(bytes, 30, lock.random);
    copy_to(bytes, 34, lock.terminal_random);
    copy_to(bytes, 38, lock.lock_terminal_serial);
    return lock;
}

void Purse::set_available(Transaction& transaction, std::uint32_t available) const {
    transaction.write_number(at_, 4, available);
}

void Purse::set_overdraft_limit(Transaction& transaction, core::BytesView limit) const {
    transaction.write(at_ + overdraft_offset, limit);
}

void Purse::set_counter(Transaction& transaction, Counter which, std::uint16_t value) const {
    transaction.write_number(at_ + counter_offset(which), 2, value);
}

void Purse::set_proof(Transaction& transaction, Counter which, const Proof& proof) const {
    std::array<core::Byte, proof_size> bytes{proof.transaction_type};
    core::write_big_endian(std::span(bytes).subspan(1, 2), proof.counter);
    std::ranges::copy(proof.mac, bytes.begin() + 3);
    std::ranges::copy(proof.tac, bytes.begin() + 7);
    transaction.write(at_ + proof_offset(which), bytes);
}

void Purse::set_lock(Transaction& transaction, const Lock& lock) const {
    const core::Bytes bytes =
        core::concatenate({core::Bytes{static_cast<core::Byte>(lock.state), lock.transaction_type},
                           core::big_endian(lock.balance, 4),
                           core::big_endian(lock.counter, 2),
                           lock.terminal,
                           lock.terminal_serial,
                           lock.date_time,
                           lock.tac,
                           {&lock.key_index, 1},
                           lock.random,
                           lock.terminal_random,
                           lock.lock_terminal_serial,
                           {&lock.unlock_errors, 1}});
    transaction.write(at_ + lock_offset, bytes);
}

void Purse::set_unlock_errors(Transaction& transaction, std::uint8_t errors) const {
    transaction.write_number(at_ + lock_offset + errors_offset, 1, errors);
}

} // namespace tongka::simulator
