#include "simulator/card/purse.hpp"

namespace tongka::simulator {
namespace {

// balance 4 | overdraft limit 3 | online counter 2 | offline counter 2 | proof of the last online and offline
// transaction: type 1, counter 2, MAC 4, TAC 4
constexpr Address overdraft_offset = 4;
constexpr Address proof_size = 11;

constexpr Address counter_offset(Counter which) {
    return which == Counter::online ? 7 : 9;
}
constexpr Address proof_offset(Counter which) {
    return which == Counter::online ? 11 : 11 + proof_size;
}
static_assert(proof_offset(Counter::offline) + proof_size == Purse::size);

} // namespace

core::BytesView Purse::balance_bytes() const {
    return memory_.read(at_, 4);
}
std::uint32_t Purse::balance() const {
    return static_cast<std::uint32_t>(core::read_big_endian(balance_bytes()));
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
    std::ranges::copy(bytes.subspan(3, 4), proof.mac.begin());
    std::ranges::copy(bytes.subspan(7, 4), proof.tac.begin());
    return proof;
}

void Purse::set_balance(Transaction& transaction, std::uint32_t balance) const {
    transaction.write_number(at_, 4, balance);
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

} // namespace tongka::simulator
