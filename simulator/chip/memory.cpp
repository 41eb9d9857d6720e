#include "simulator/chip/memory.hpp"

#include <array>
#include <cassert>

namespace tongka::simulator {

Address Memory::allocate(std::size_t size) {
    const auto at = static_cast<Address>(cells_.size());
    cells_.resize(cells_.size() + size);
    return at;
}

template <typename Write>
void Memory::single_write(Write write) {
    if (!powered_)
        return;
    const bool cut_here = cut_ && cut_->writes == 0;
    if (cut_here && !cut_->after) {
        powered_ = false;
        cut_.reset();
        return;
    }
    write();
    ++writes_;
    if (cut_here) {
        powered_ = false;
        cut_.reset();
    } else if (cut_) {
        --cut_->writes;
    }
}

void Memory::stage(Address at, core::BytesView bytes) {
    assert(at + bytes.size() <= cells_.size());
    single_write([&] {
        journal_.push_back(
            {at, static_cast<std::uint32_t>(bytes.size()), static_cast<std::uint32_t>(journal_bytes_.size())});
        core::append(journal_bytes_, bytes);
    });
}

void Memory::commit() {
    single_write([&] { journal_valid_ = true; });
    apply();
}

void Memory::apply() {
    for (const auto& entry : journal_)
        single_write([&] {
            const auto bytes = core::BytesView(journal_bytes_).subspan(entry.journal, entry.size);
            std::ranges::copy(bytes, cells_.begin() + entry.at);
        });
    single_write([&] { journal_valid_ = false; });
    forget_journal();
}

void Memory::forget_journal() {
    // Without power nothing can be forgotten: a valid journal waits for power_up().
    if (!powered_)
        return;
    journal_.clear();
    journal_bytes_.clear();
}

void Memory::power_up() {
    powered_ = true;
    if (journal_valid_)
        apply();
    else
        forget_journal();
}

void Transaction::write_number(Address at, std::size_t width, std::uint64_t value) {
    std::array<core::Byte, 8> bytes{};
    const auto field = std::span(bytes).first(width);
    core::write_big_endian(field, value);
    write(at, field);
}

} // namespace tongka::simulator
