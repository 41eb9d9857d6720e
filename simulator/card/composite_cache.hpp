#pragma once

#include <vector>

#include "simulator/chip/files.hpp"
#include "simulator/chip/records.hpp"

namespace tongka::simulator {

/// What UPDATE CAPP DATA CACHE has staged for the debit of a composite purchase (standards.md 4.2).
class CompositeCache {
public:
    /// How a staged record finds its place: over the one with its tag, over a number, or as the newest of a cyclic file
    /// (standards.md 12).
    enum class Place { tag, number, newest };

    static constexpr std::size_t capacity = 1024; ///< bytes of records that wait for one debit

    void clear() {
        staged_.clear();
        used_ = 0;
    }
    [[nodiscard]] bool empty() const { return staged_.empty(); }
    [[nodiscard]] bool has_room_for(std::size_t size) const { return used_ + size <= capacity; }
    void stage(FileIndex file, Place place, unsigned number, core::BytesView record);

    /// The first record staged.
    [[nodiscard]] core::BytesView front() const { return staged_.front().record; }

    /// Writes all of it; each fits, which was seen when it was staged.
    void write(Transaction& transaction, const Files& files) const;

private:
    struct Staged {
        FileIndex file;
        Place place;
        unsigned number;
        core::Bytes record;
    };
    std::vector<Staged> staged_;
    std::size_t used_ = 0;
};

} // namespace tongka::simulator
