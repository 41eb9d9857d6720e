#pragma once

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "core/result.hpp"
#include "simulator/chip/chip.hpp"
#include "simulator/virtual_reader/card_side.hpp"
#include "simulator/virtual_reader/tcp.hpp"

namespace tongka::simulator {

/// A slot of a virtual reader and the chip that belongs to it: serves the chip in a thread of its own while it is in.
/// One thread calls insert, remove and cut_power_at.
class ReaderSlot {
public:
    /// A chip that falls silent leaves the reader: its connection is closed. vpcd survives that when it listens, and
    /// aborts pcscd when it connected out: such a connection is kept, and silence is told as 6F00.
    enum class OnSilence { leave, keep };
    /// `on_lost` is called, from the slot's thread, when the state becomes `lost`.
    explicit ReaderSlot(Chip& chip, OnSilence on_silence = OnSilence::leave, std::function<void()> on_lost = {})
        : chip_(chip), on_silence_(on_silence), on_lost_(std::move(on_lost)) {}
    ~ReaderSlot() { remove(); }
    ReaderSlot(const ReaderSlot&) = delete;
    ReaderSlot& operator=(const ReaderSlot&) = delete;

    /// Serves the chip on a connection to vpcd, which takes a card in at its next poll (0.4 s in pcscd). What was in
    /// before is removed.
    void insert(Descriptor connection);

    /// Waits for vpcd's first frame. When none comes within the budget the slot is taken by another card: vpcd serves
    /// one and leaves the next in its backlog. Then, and when vpcd closes the connection, it is an Error and the chip
    /// is out.
    [[nodiscard]] core::Result<void> wait_until_polled(Budget budget);

    /// Takes the chip out: no power, connection closed; the reader sees it at its next poll or command.
    void remove();

    /// As Chip::cut_power_at.
    void cut_power_at(std::optional<Chip::Cut> position);

    enum class State {
        absent,
        inserted,
        torn, ///< the chip lost its power by a cut and left
        lost, ///< the reader closed the connection, or broke the protocol
    };
    [[nodiscard]] State state() const;

    /// Why the state is `lost`.
    [[nodiscard]] core::Error why_lost() const;

private:
    void serve();
    core::Result<State> exchange_frames();
    // False when the chip has left.
    core::Result<bool> react(core::BytesView content);
    core::Result<bool> react_to_silence();
    core::Result<bool> answer(CardSide::Reaction reaction);
    void set_state(State state);

    Chip& chip_;
    const OnSilence on_silence_;
    const std::function<void()> on_lost_;
    std::optional<CardSide> card_side_; ///< of the present connection
    std::mutex chip_mutex_;
    Descriptor connection_;
    std::atomic<bool> leaving_ = false;
    core::Bytes frame_;
    std::thread thread_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    State state_ = State::absent;
    bool polled_ = false;
    core::Error why_lost_;
};

} // namespace tongka::simulator
