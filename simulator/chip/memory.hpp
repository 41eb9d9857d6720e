#pragma once

#include <cstdint>
#include <functional>
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
    static constexpr std::uint32_t usual_capacity = 32768;

    /// A chip of `capacity` bytes, all zero. Cells take room in the process as they are first written.
    explicit Memory(std::uint32_t capacity = usual_capacity) : capacity_(capacity) {}

    [[nodiscard]] std::uint32_t capacity() const { return capacity_; }

    /// Only what a transaction has written before can be read.
    [[nodiscard]] core::BytesView read(Address at, std::size_t size) const {
        return core::BytesView(cells_).subspan(at, size);
    }
    [[nodiscard]] std::uint64_t read_number(Address at, std::size_t width) const {
        return core::read_big_endian(read(at, width));
    }

    /// Whether the chip is alive: false from power_off() or a cut on, until power_up().
    [[nodiscard]] bool powered() const { return powered_; }

    /// True where a cut had taken the power: what was remembered of the cells elsewhere may be stale then.
    bool power_up();
    void power_off() { powered_ = false; }

    void cut_power_at(std::optional<Chip::Cut> position) { cut_ = position; }

    /// Single writes done so far; what a cut counts.
    [[nodiscard]] std::uint64_t writes() const { return writes_; }

    /// Every cell as it was last committed, and the same given back before the first power_up().
    [[nodiscard]] const core::Bytes& image() const { return cells_; }
    void restore(core::BytesView image) { cells_.assign(image.begin(), image.end()); }

    /// Is given the image at each commit, before anyone can see it; where it says that it could not keep it, the
    /// transaction does not happen.
    using Keeper = std::function<bool(core::BytesView image)>;
    void keep_with(Keeper keeper) { keeper_ = std::move(keeper); }

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
    [[nodiscard]] bool commit();
    [[nodiscard]] bool keep() const;
    void apply();
    void write_through(const Entry& entry, core::Bytes& cells) const;
    void forget_journal();

    std::uint32_t capacity_;
    core::Bytes cells_;
    std::vector<Entry> journal_;
    core::Bytes journal_bytes_;
    bool journal_valid_ = false;
    bool powered_ = true;
    bool lost_by_cut_ = false;
    std::optional<Chip::Cut> cut_;
    std::uint64_t writes_ = 0;
    Keeper keeper_;
};

/// A group of writes; without commit() none of them happens. One at a time on a memory.
class Transaction {
public:
    explicit Transaction(Memory& memory) : memory_(memory) {}
    ~Transaction() { memory_.forget_journal(); }
    Transaction(const Transaction&) = delete;
    Transaction& operator=(const Transaction&) = delete;

    void write(Address at, core::BytesView bytes) { memory_.stage(at, bytes); }
    void write_number(Address at, std::size_t width, std::uint64_t value);

    /// The bytes as they will be; those of the memory itself do not change before commit().
    [[nodiscard]] core::Bytes read(Address at, std::size_t size) const;

    /// False where the memory could not take them (6581): then nothing has changed.
    [[nodiscard]] bool commit() { return memory_.commit(); }

private:
    Memory& memory_;
};

} // namespace tongka::simulator
