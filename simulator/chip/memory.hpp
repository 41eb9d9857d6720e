#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/bytes.hpp"
#include "simulator/chip/chip.hpp"

namespace tongka::simulator {

/// Where a byte lives in a chip's memory.
using Address = std::uint32_t;

/// What survives the loss of power. It changes through transactions that happen whole or not at all: the writes of a
/// transaction go to a journal, a mark makes the journal valid, then the cells are written and the mark is taken away.
/// A power cut can come before or after each of these single writes; power_up() finishes a journal whose mark stands
/// and forgets any other.
class Memory {
public:
    /// New cells, all zero, at the end. For the making of files; not a write of a running chip.
    [[nodiscard]] Address allocate(std::size_t size);

    [[nodiscard]] core::BytesView read(Address at, std::size_t size) const {
        return core::BytesView(cells_).subspan(at, size);
    }
    [[nodiscard]] std::uint64_t read_number(Address at, std::size_t width) const {
        return core::read_big_endian(read(at, width));
    }

    /// Whether the chip is alive: false from power_off() or a cut on, until power_up().
    [[nodiscard]] bool powered() const { return powered_; }
    void power_up();
    void power_off() { powered_ = false; }

    void cut_power_at(std::optional<Chip::Cut> position) { cut_ = position; }

    /// Single writes done so far; what a cut counts.
    [[nodiscard]] std::uint64_t writes() const { return writes_; }

private:
    friend class Transaction;
    struct Entry {
        Address at;
        std::uint32_t size;
        std::uint32_t journal; ///< offset of the new bytes in journal_bytes_
    };

    template <typename Write>
    void single_write(Write write);
    void stage(Address at, core::BytesView bytes);
    void commit();
    void apply();
    void forget_journal();

    core::Bytes cells_;
    std::vector<Entry> journal_;
    core::Bytes journal_bytes_;
    bool journal_valid_ = false;
    bool powered_ = true;
    std::optional<Chip::Cut> cut_;
    std::uint64_t writes_ = 0;
};

/// A group of writes; without commit() none of them happens. One at a time on a memory. Reads see the state before it.
class Transaction {
public:
    explicit Transaction(Memory& memory) : memory_(memory) {}
    ~Transaction() { memory_.forget_journal(); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void write(Address at, core::BytesView bytes) { memory_.stage(at, bytes); }
    void write_number(Address at, std::size_t width, std::uint64_t value);
    void commit() { memory_.commit(); }

private:
    Memory& memory_;
};

} // namespace tongka::simulator
