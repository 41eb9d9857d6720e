#include "simulator/virtual_reader/reader_slot.hpp"

#include <array>
#include <sys/socket.h>

#include <fmt/format.h>

#include "simulator/virtual_reader/frame.hpp"

namespace tongka::simulator {

namespace {
constexpr std::array<core::Byte, 2> no_diagnosis{0x6F, 0x00};

/// After which nothing follows a control byte any more; vpcd takes microseconds.
constexpr Budget silence = std::chrono::seconds(2);
} // namespace

void ReaderSlot::insert(Descriptor connection) {
    remove();
    connection_ = std::move(connection);
    card_side_.emplace(chip_);
    polled_ = false;
    leaving_ = false;
    state_ = State::inserted;
    thread_ = std::thread([this] { serve(); });
}

core::Result<void> ReaderSlot::wait_until_polled(Budget budget) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, budget, [this] { return polled_ || state_ != State::inserted; });
    if (state_ == State::lost)
        return core::fail(why_lost_);
    if (polled_)
        return {};
    lock.unlock();
    remove();
    return core::fail(
        fmt::format("no reader polled the card within {} ms: the slot is taken by another card", budget.count()));
}

void ReaderSlot::remove() {
    if (!thread_.joinable())
        return;
    leaving_ = true;
    ::shutdown(connection_.get(), SHUT_RDWR);
    thread_.join();
    connection_.close();
    chip_.power_off();
    set_state(State::absent);
}

void ReaderSlot::cut_power_at(std::optional<Chip::Cut> position) {
    std::lock_guard lock(chip_mutex_);
    chip_.cut_power_at(position);
}

ReaderSlot::State ReaderSlot::state() const {
    std::lock_guard lock(mutex_);
    return state_;
}

core::Error ReaderSlot::why_lost() const {
    std::lock_guard lock(mutex_);
    return why_lost_;
}

void ReaderSlot::set_state(State state) {
    std::lock_guard lock(mutex_);
    state_ = state;
    changed_.notify_all();
}

void ReaderSlot::serve() {
    auto end = exchange_frames();
    if (leaving_)
        return;
    {
        std::lock_guard lock(mutex_);
        state_ = end ? *end : State::lost;
        if (!end)
            why_lost_ = end.error();
        changed_.notify_all();
    }
    // The reader may learn of it only now: who acts on what it says is to find the state as it is.
    ::shutdown(connection_.get(), SHUT_RDWR);
    if (!end && on_lost_)
        on_lost_();
}

core::Result<ReaderSlot::State> ReaderSlot::exchange_frames() {
    FrameParser parser;
    std::array<core::Byte, 4096> piece;
    while (true) {
        if (card_side_->is_waiting() && !comes_within(connection_.get(), silence)) {
            TONGKA_TRY(const bool goes_on, react_to_silence());
            if (!goes_on)
                return State::torn;
        }
        TONGKA_TRY(auto size, read_at_once(connection_.get(), piece));
        if (size == 0) {
            TONGKA_CHECK(parser.end());
            return core::fail("the reader closed the connection");
        }
        parser.feed(core::BytesView(piece).first(size));
        while (true) {
            TONGKA_TRY(auto content, parser.next());
            if (!content)
                break;
            TONGKA_TRY(bool goes_on, react(*content));
            if (!goes_on)
                return State::torn;
        }
    }
}

core::Result<bool> ReaderSlot::react(core::BytesView content) {
    if (!polled_) {
        std::lock_guard lock(mutex_);
        polled_ = true;
        changed_.notify_all();
    }
    std::lock_guard lock(chip_mutex_);
    return answer(card_side_->react(content));
}

core::Result<bool> ReaderSlot::react_to_silence() {
    std::lock_guard lock(chip_mutex_);
    return answer(card_side_->react_to_silence());
}

core::Result<bool> ReaderSlot::answer(CardSide::Reaction reaction) {
    if (reaction.kind == CardSide::Reaction::Kind::nothing)
        return true;
    if (reaction.kind == CardSide::Reaction::Kind::gone) {
        if (on_silence_ == OnSilence::leave)
            return false;
        reaction.answer = no_diagnosis;
    }
    frame_.clear();
    TONGKA_CHECK(append_frame(frame_, reaction.answer));
    TONGKA_CHECK(write_all(connection_.get(), frame_));
    return true;
}

} // namespace tongka::simulator
