#include "simulator/chip/memory.hpp"

#include <algorithm>
#include <array>
#include <cassert>

namespace tongka::simulator {

template <typename Write>
void Memory::single_write(Write write) {
    if (!powered_)
        return;
    const bool cut_here = cut_ && cut_->writes == 0;
    if (!cut_here || cut_->after) {
        write();
        ++writes_;
    }
    if (cut_here) {
        powered_ = false;
        lost_by_cut_ = true;
        cut_.reset();
    } else if (cut_) {
        --cut_->writes;
    }
}

void Memory::stage(Address at, core::BytesView bytes) {
    assert(at + bytes.size() <= capacity_);
    single_write([&] {
        journal_.push_back(
            {at, static_cast<std::uint32_t>(bytes.size()), static_cast<std::uint32_t>(journal_bytes_.size())});
        core::append(journal_bytes_, bytes);
    });
}

bool Memory::commit() {
    single_write([&] { journal_valid_ = true; });
    if (journal_valid_ && !keep()) {
        journal_valid_ = false;
        forget_journal();
        return false;
    }
    apply();
    return true;
}

/// From the mark on the transaction has happened, so what is kept is the state behind it.
bool Memory::keep() const {
    if (!keeper_)
        return true;
    core::Bytes image = cells_;
    for (const auto& entry : journal_)
        write_through(entry, image);
    return keeper_(image);
}

void Memory::apply() {
    for (const auto& entry : journal_)
        single_write([&] { write_through(entry, cells_); });
    single_write([&] { journal_valid_ = false; });
    forget_journal();
}

void Memory::write_through(const Entry& entry, core::Bytes& cells) const {
    const auto bytes = core::BytesView(journal_bytes_).subspan(entry.journal, entry.size);
    cells.resize(std::max<std::size_t>(cells.size(), entry.at + entry.size));
    std::ranges::copy(bytes, cells.begin() + entry.at);
}

void Memory::forget_journal() {
    // Without power nothing can be forgotten: a valid journal waits for power_up().
    if (!powered_)
        return;
    journal_.clear();
    journal_bytes_.clear();
}

bool Memory::power_up() {
    powered_ = true;
    if (journal_valid_)
        apply();
    else
        forget_journal();
    // A second cut may come while the journal is finished.
    const bool lost = lost_by_cut_;
    lost_by_cut_ = !powered_;
    return lost;
}

void Transaction::write_number(Address at, std::size_t width, std::uint64_t value) {
    std::array<core::Byte, 8> bytes{};
    const auto field = std::span(bytes).first(width);
    core::write_big_endian(field, value);
    write(at, field);
}

core::Bytes Transaction::read(Address at, std::size_t size) const {
    core::Bytes bytes = core::to_bytes(memory_.read(at, size));
    for (const auto& entry : memory_.journal_) {
        const Address from = std::max(at, entry.at);
        const auto to = std::min<std::size_t>(at + size, entry.at + entry.size);
        for (std::size_t i = from; i < to; ++i)
            bytes[i - at] = memory_.journal_bytes_[entry.journal + (i - entry.at)];
    }
    return bytes;
}

} // namespace tongka::simulator
